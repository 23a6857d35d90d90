/// Something wrong in a file that is not named yet.
package struct LocatedMistake: Error {
    package var place: TextPlace
    /// The key it concerns; empty when it concerns none.
    package var key: String
    package var message: String
    /// What was perhaps meant.
    package var suggestion: String?

    package init(at place: TextPlace, key: String = "", _ message: String, suggestion: String? = nil) {
        self.place = place
        self.key = key
        self.message = message
        self.suggestion = suggestion
    }
}
