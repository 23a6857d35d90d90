import Addressing
import Graph
import Store

/// The graph of a database, minute by minute.
struct StoredGraph {
    private let store: Store

    init(_ store: Store) { self.store = store }

    /// All of it, or the minutes that a span of nanoseconds since 1970 begins and ends in; `isCut` where there are more than can be drawn, and
    /// the newer of them are.
    func picture(_ span: Range<Int64>? = nil) throws(StoreError) -> (picture: GraphPicture, isCut: Bool) {
        let found = try store.minutes(MinuteQuery(span: minutes(span)))
        return (GraphPicture(minutes: found.minutes, endpoints: found.endpoints), found.isCut)
    }

    private func minutes(_ span: Range<Int64>?) throws(StoreError) -> Range<Int64> {
        guard let span else {
            guard let all = try store.span() else { return 0..<0 }
            return Self.minute(all.first.seconds)..<max(Self.minute(all.first.seconds), all.last.seconds) + 1
        }
        let first = Self.minute(Timestamp(nanoseconds: span.lowerBound).seconds)
        // What ends with a minute does not have the next one.
        let last = Timestamp(nanoseconds: span.upperBound == .min ? .min : span.upperBound - 1).seconds
        return first..<(max(first, last) + 1)
    }

    private static func minute(_ second: Int64) -> Int64 { second - (second % 60 + 60) % 60 }
}
