import Addressing
import Flows

/// Conversations that began lately, so that one that is seen in a tunnel and outside of it is judged once.
///
/// Whether two such flows are twins is settled only when they end, and who scans is to be found before. Bounded; what is forgotten is
/// judged twice.
struct RecentConversations {
    private struct Ends: Hashable {
        let source: IPAddress
        let destination: IPAddress
        let ports: UInt32
        let protocolNumber: UInt8

        init(_ flow: Flow) {
            source = flow.source
            destination = flow.destination
            ports = UInt32(flow.sourcePort) << 16 | UInt32(flow.destinationPort)
            protocolNumber = flow.protocolNumber
        }
    }

    private var known: [Ends: (isTunnelled: Bool, began: Int64)] = [:]
    private var line: [Ends] = []
    private var next = 0

    static var limit: Int { 4096 }
    /// Nanoseconds between the two beginnings.
    static var pause: Int64 { 1_000_000_000 }

    /// Whether a flow that begins is another one's, seen on the other side of a tunnel's end.
    mutating func repeats(_ flow: Flow) -> Bool {
        let ends = Ends(flow)
        let began = flow.first.nanoseconds
        if let other = known[ends] {
            if other.isTunnelled != flow.isTunnelled, began &- other.began <= Self.pause { return true }
            known[ends] = (flow.isTunnelled, began)
            return false
        }
        known[ends] = (flow.isTunnelled, began)
        if line.count < Self.limit {
            line.append(ends)
        } else {
            known[line[next]] = nil
            line[next] = ends
            next = (next + 1) % Self.limit
        }
        return false
    }
}
