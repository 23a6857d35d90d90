/// Why a text is no value of a key: what follows the key in a sentence, such as `wants a number, not "many"`.
struct Mistake: Error {
    var message: String
    /// What was perhaps meant.
    var suggestion: String?

    init(_ message: String, suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
    }
}
