import Addressing
import HTTP
import Store

/// The stored identity journal, as it was written.
actor JournalLines {
    private let store: Store
    private let since: Timestamp?
    private let until: Timestamp?
    private var after: Int64
    private var isOver = false

    /// `after` is the number of the line before the first that is wanted.
    init(_ store: Store, since: Timestamp?, until: Timestamp?, after: Int64) {
        self.store = store
        self.since = since
        self.until = until
        self.after = after
    }

    func next() async -> [UInt8]? {
        if isOver { return nil }
        let (since, until, after) = (since, until, after)
        do {
            let lines = try await store.asked { try $0.journal(since: since, until: until, after: after) }
            guard let last = lines.last else { return nil }
            self.after = last.number
            return lines.reduce(into: []) { bytes, line in
                bytes += line.text.utf8
                bytes.append(0x0a)
            }
        } catch {
            isOver = true
            return ErrorText.line("\(error)")
        }
    }
}
