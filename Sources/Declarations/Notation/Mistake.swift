/// Why a text is no value of a key: what follows the key in a sentence, such as `wants a number, not "many"`.
package struct Mistake: Error {
    package var message: String
    /// What was perhaps meant.
    package var suggestion: String?

    package init(_ message: String, suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
    }
}
