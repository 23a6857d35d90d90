import Testing

/// Filters, and what they mean in other words.
struct FilterCase<Subject>: Sendable, CustomTestStringConvertible {
    var options: [String]
    var isWanted: @Sendable (Subject) -> Bool

    init(_ options: [String], _ isWanted: @escaping @Sendable (Subject) -> Bool) {
        self.options = options
        self.isWanted = isWanted
    }

    var testDescription: String { options.joined(separator: " ") }
}
