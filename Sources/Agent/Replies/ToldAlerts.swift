import Addressing
import Containers
import Records

/// Stored alerts that may come again, as they were stored while they were followed.
///
/// Bounded: of more than `limit` the rest would be told twice.
struct ToldAlerts {
    /// What tells one from others: what is stored lacks some of what is known of a container.
    private struct Key: Hashable {
        let rule: String
        let time: Timestamp
        let count: Int
        let source: End
        let destination: End?

        init(_ record: AlertRecord) {
            rule = record.rule
            time = record.time
            count = record.count
            source = End(record.source)
            destination = record.destination.map { End($0) }
        }
    }

    private struct End: Hashable {
        let address: IPAddress
        let container: ContainerKey?

        init(_ end: AlertRecord.End) {
            address = end.address
            container = end.container?.key
        }
    }

    /// When it was begun to follow.
    let now: Timestamp
    private var keys: Set<Key> = []

    init(now: Timestamp) { self.now = now }

    static var limit: Int { 4096 }
    /// How long before it is told of an alert may have been found, in nanoseconds: some minutes, of what is concluded from silence.
    private static var overlap: Int64 { 400_000_000_000 }

    /// Remembers one that was told, unless it is too old to come again.
    mutating func insert(_ record: AlertRecord) {
        guard record.time.nanoseconds >= now.nanoseconds &- Self.overlap, keys.count < Self.limit else { return }
        keys.insert(Key(record))
    }

    /// Whether it was told, which is then forgotten.
    mutating func remove(_ record: AlertRecord) -> Bool { keys.remove(Key(record)) != nil }
}
