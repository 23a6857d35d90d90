import Addressing
import HTTP
import Store

/// All gaps of a span of time, oldest first, a page at a time.
actor GapLines {
    private let store: Store
    private let since: Timestamp?
    private let until: Timestamp?
    private var place: GapPlace?
    private var isOver = false

    init(_ store: Store, since: Timestamp?, until: Timestamp?) {
        self.store = store
        self.since = since
        self.until = until
    }

    func next() async -> [UInt8]? {
        let (since, until) = (since, until)
        while !isOver {
            let place = place
            do {
                let page = try await store.asked { try $0.gaps(since: since, until: until, from: place) }
                self.place = page.next
                isOver = page.next == nil
                // A page of reasons that are not known here has nothing to say.
                if !page.gaps.isEmpty { return page.gaps.flatMap { GapText.line($0) } }
            } catch {
                isOver = true
                return ErrorText.line("\(error)")
            }
        }
        return nil
    }
}
