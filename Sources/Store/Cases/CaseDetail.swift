import Addressing
import Containers
package import Records

/// All that is stored of a case.
package struct CaseDetail: Sendable {
    package var record: CaseRecord
    /// Whom its container talked with, the most flows first.
    package var peers: [CasePeer] = []
    /// What was found of it, and blocks of it, the oldest first.
    package var alerts: [AlertRecord] = []
    package var blocks: [BlockRecord] = []

    /// Peers, alerts and blocks that are told of one.
    package static var limit: Int { 1000 }
}

extension Store {
    /// All that is stored of the case with a number; nil when there is none. In several transactions.
    package func caseDetail(_ number: UInt64) throws(StoreError) -> CaseDetail? {
        guard let record = try self.case(number) else { return nil }
        var detail = CaseDetail(record: record)
        let identifier = record.container.key.identifier
        let until = (record.ended ?? record.released)?.after(CaseBook.tail)
        let filter = try? FlowFilter(parsing: "container=\"\(identifier)\"")
        try readPeers(&detail, identifier, filter ?? FlowFilter(), until: until)
        var query = AlertQuery()
        (query.since, query.until) = (record.from, until?.after(CaseBook.delay))
        var place: AlertPlace?
        repeat {
            let page = try alerts(query, from: place)
            detail.alerts += page.records.filter { alert in
                if let until, min(alert.first, alert.time) > until { return false }
                return [alert.source.container, alert.destination?.container].contains {
                    $0?.key.identifier == identifier
                }
            }
            place = page.next
        } while place != nil && detail.alerts.count < CaseDetail.limit
        let found = try blocks(since: record.from, until: until ?? Timestamp(nanoseconds: .max), unread: { _ in })
        detail.blocks = Array(found.filter { $0.isOf(identifier) }.prefix(CaseDetail.limit))
        return detail
    }

    private func readPeers(
        _ detail: inout CaseDetail,
        _ identifier: String,
        _ filter: FlowFilter,
        until: Timestamp?
    ) throws(StoreError) {
        var query = FlowQuery()
        (query.since, query.until, query.filter) = (detail.record.from, until, filter)
        var peers: [CasePeer.Key: CasePeer] = [:]
        var seen = CaseRecord.Seen()
        var place: FlowPlace?
        repeat {
            let page = try flows(query, from: place, limit: 4096)
            for flow in page.records {
                guard let peer = CasePeer(flow, of: identifier) else { continue }
                seen.flows += 1
                if peers[peer.key] == nil, peers.count >= Self.peerLimit {
                    seen.isCut = true
                } else if peers[peer.key]?.add(peer) == nil {
                    peers[peer.key] = peer
                }
            }
            place = page.next
            if seen.flows >= Self.flowLimit, place != nil {
                seen.isCut = true
                break
            }
        } while place != nil
        seen.peers = UInt64(peers.count)
        detail.record.seen = seen
        detail.peers = Array(peers.values.sorted(by: Self.isBefore).prefix(CaseDetail.limit))
    }

    /// The order in which peers are told: the most flows first, then who was the first.
    private static func isBefore(_ one: CasePeer, _ other: CasePeer) -> Bool {
        if one.flows != other.flows { return one.flows > other.flows }
        if one.first != other.first { return one.first.nanoseconds < other.first.nanoseconds }
        return (one.port, one.protocolNumber, one.direction.rawValue, "\(one.address)")
            < (other.port, other.protocolNumber, other.direction.rawValue, "\(other.address)")
    }

    /// Peers that are told apart, and flows that are looked at.
    private static var peerLimit: Int { 65_536 }
    private static var flowLimit: UInt64 { 1 << 20 }
}
