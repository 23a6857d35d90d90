import Addressing
import Flows

/// Who uses which server: what there is to tell of each pair, once, and again as it goes on. Bounded in pairs.
struct ServerUse: Sendable {
    private struct Pair: TableKey {
        let client: Subject
        let server: Contact.Host

        func fold(into fold: inout Fold) {
            client.fold(into: &fold)
            server.fold(into: &fold)
        }
    }

    struct Use: Sendable {
        let first: Timestamp
        /// Flows.
        fileprivate(set) var count = 0
        fileprivate(set) var evidence = Evidence()
        fileprivate var newest: UInt32 = 0
        fileprivate var telling = Telling()
    }

    private var pairs: SubjectTable<Pair, Use>

    init(limit: Int) { pairs = SubjectTable(limit: limit) }

    /// Counts a flow, which may be told of more than once; what there is to tell now, if there is.
    mutating func add(_ fact: FlowFact) -> Use? {
        let server = Contact.Host(address: fact.destination.address, scope: fact.destination.scope)
        return pairs.update(Pair(client: fact.source.subject, server: server), or: Use(first: fact.first)) { use in
            if use.newest != fact.serial {
                use.newest = fact.serial
                use.count += 1
                use.evidence.add(fact.identifier)
            }
            return use.telling.isNews(use.count, at: fact.time) ? use : nil
        }
    }
}
