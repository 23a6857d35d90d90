/// Something wrong in a file that is not named yet.
struct LocatedMistake: Error {
    var place: ConfigurationPlace
    /// The key it concerns; empty when it concerns none.
    var key: String
    var message: String
    /// What was perhaps meant.
    var suggestion: String?

    init(at place: ConfigurationPlace, key: String = "", _ message: String, suggestion: String? = nil) {
        self.place = place
        self.key = key
        self.message = message
        self.suggestion = suggestion
    }
}
