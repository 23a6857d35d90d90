import Records

/// A filter over alerts: words as everywhere, and how severe they must be.
struct AlertWords: Sendable {
    private let words: EdgeWords
    /// Of 0 to 100; of several the highest.
    private let least: Int

    init(_ text: String) {
        words = EdgeWords(text)
        least = text.split(separator: " ").compactMap { SeverityTerm($0)?.least }.max() ?? 0
    }

    func hold(of alert: AlertRecord) -> Bool { alert.severity >= least && words.hold(of: alert) }
}
