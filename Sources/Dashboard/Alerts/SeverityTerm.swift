import Records

/// A word of a filter that says how severe alerts must be: `severity>=high`, `severity>=70`. Of anything else it says nothing.
struct SeverityTerm: Equatable, Sendable {
    /// Of 0 to 100.
    let least: Int

    private static let start = "severity>="

    /// Whether a word means to be one.
    static func isMeant(by word: some StringProtocol) -> Bool { word.lowercased().hasPrefix("severity") }

    /// Nil for what is none, or names no severity.
    init?(_ word: some StringProtocol) {
        let text = word.lowercased()
        guard text.hasPrefix(Self.start) else { return nil }
        guard let least = AlertFilter.severity(String(text.dropFirst(Self.start.count))) else { return nil }
        self.least = least
    }
}
