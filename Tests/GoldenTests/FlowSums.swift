import Addressing
import Flows
import Records
import Wire

/// What a replay's flow records add up to, per pair of ends, over all records and all observation points: the figures
/// of a flow table.
final class FlowSums: RecordSink {
    /// Whether flows of different overlay segments are kept apart, in an eighth column.
    private let bySegment: Bool
    private var sums: [String: Sum] = [:]

    private struct Sum {
        var packets: UInt64 = 0
        var bytes: UInt64 = 0
    }

    init(bySegment: Bool = false) {
        self.bySegment = bySegment
    }

    /// The table's lines: tab separated, in byte order.
    var lines: [String] {
        sums.map { key, sum in
            let parts = key.split(separator: "|", omittingEmptySubsequences: false)
            return "\(parts[0])\t\(sum.packets)\t\(sum.bytes)\(parts[1])"
        }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard action == .ended else { return }
        let key = Self.ends(of: flow) + "|" + (bySegment ? "\t" + Self.segment(of: flow, book) : "")
        for count in book.path(of: flow) {
            sums[key, default: Sum()].packets += count.packets
            sums[key, default: Sum()].bytes += count.lowBytes + count.highBytes
        }
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    /// Protocol and ends as tables write them: the lower end first, by address and then port.
    static func ends(of flow: Flow) -> String {
        let source = (address: flow.source, port: flow.hasPorts ? flow.sourcePort : 0)
        let destination = (address: flow.destination, port: flow.hasPorts ? flow.destinationPort : 0)
        let (low, high) = source < destination ? (source, destination) : (destination, source)
        return "\(protocolName(flow.protocolNumber))\t\(low.address)\t\(low.port)\t\(high.address)\t\(high.port)"
    }

    /// The identifier of the overlay segment; "-" outside of any.
    private static func segment(of flow: Flow, _ book: borrowing FlowBook) -> String {
        guard let tunnel = book.tunnel(of: flow)?.0, tunnel.stack.innermost?.namesSegment ?? false else { return "-" }
        return String(tunnel.identifier)
    }

    private static func protocolName(_ number: UInt8) -> String {
        switch number {
        case 1: "icmp"
        case 6: "tcp"
        case 17: "udp"
        case 58: "icmpv6"
        case 132: "sctp"
        case 136: "udplite"
        default: String(number)
        }
    }
}
