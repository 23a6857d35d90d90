import Flows
import Records
import Wire

/// What a text summary needs of all flows: sums by kind, and who talked most.
final class TrafficTally: RecordSink {
    /// Flows, packets and bytes of one kind.
    struct Sum {
        var flows: UInt64 = 0
        var packets: UInt64 = 0
        var bytes: UInt64 = 0

        @inline(__always)
        mutating func add(_ flow: Flow) {
            flows += flow.repeatsTwin ? 0 : 1
            packets += flow.gain.packets
            bytes += flow.gain.bytes
        }
    }

    /// By IP protocol number.
    private(set) var protocols = [Sum](repeating: Sum(), count: 256)
    /// By what their bytes said.
    private(set) var applications = [Sum](repeating: Sum(), count: 256)
    /// TCP connections by Zeek's state.
    private(set) var states: [ConnectionState: UInt64] = [:]
    private var attempts: UInt64 = 0
    private(set) var tunnels: [TunnelStack: Sum] = [:]
    private(set) var talkers: TalkerTable
    private(set) var sightings: UInt64 = 0

    init(resolvesNames: Bool) {
        talkers = TalkerTable(resolvesNames: resolvesNames)
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard action == .ended else { return }
        protocols[Int(flow.protocolNumber)].add(flow)
        applications[Int(flow.applicationProtocol.rawValue)].add(flow)
        if flow.protocolNumber == 6, !flow.repeatsTwin {
            if flow.connectionState == .s0 { attempts += 1 } else { states[flow.connectionState, default: 0] += 1 }
        }
        if let (tunnel, _) = book.tunnel(of: flow) { tunnels[tunnel.stack, default: Sum()].add(flow) }
        talkers.add(flow, names)
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        sightings += 1
    }

    /// Connections that got no answer: a scan makes nothing else.
    var unanswered: UInt64 { attempts }
}
