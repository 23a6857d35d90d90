/// Why a lab could not do what was asked of it.
struct LabError: Error, CustomStringConvertible {
    /// What failed, and how it says so.
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
