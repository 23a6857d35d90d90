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
            flows += flow.isFurther ? 1 : 0
            packets += flow.gain.packets
            bytes += flow.gain.bytes
        }
    }

    /// By IP protocol number.
    private(set) var protocols = [Sum](repeating: Sum(), count: 256)
    /// By what their bytes said: 256 over TCP, 256 over UDP, 256 over anything else.
    private var applications = [Sum](repeating: Sum(), count: 768)
    /// TCP connections by Zeek's state.
    private(set) var states: [ConnectionState: UInt64] = [:]
    private var attempts: UInt64 = 0
    /// What travelled in tunnels, by all that was around it; these count also what was seen outside the tunnel.
    private(set) var tunnels: [TunnelStack: Sum] = [:]
    private(set) var talkers: TalkerTable
    /// What was told that is no flow, in words and how often.
    private(set) var sightings: [SightingKind: UInt64] = [:]

    /// The most combinations of tunnels that are kept apart: honest captures have a handful, hostile ones all.
    private static var tunnelLimit: Int { 256 }

    init(resolvesNames: Bool) {
        talkers = TalkerTable(resolvesNames: resolvesNames)
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard action == .ended else { return }
        protocols[Int(flow.protocolNumber)].add(flow)
        applications[Self.place(of: flow.applicationProtocol, over: flow.protocolNumber)].add(flow)
        if flow.protocolNumber == 6, flow.isFurther {
            if flow.connectionState == .s0 { attempts += 1 } else { states[flow.connectionState, default: 0] += 1 }
        }
        if let (tunnel, _) = book.tunnel(of: flow) { add(flow, in: tunnel.stack) }
        talkers.add(flow, book, names)
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        sightings[sighting.fact.kind, default: 0] += 1
    }

    /// What an application protocol came to over TCP (6), UDP (17), or any other protocol.
    func sum(of application: ApplicationProtocol, over protocolNumber: UInt8) -> Sum {
        applications[Self.place(of: application, over: protocolNumber)]
    }

    @inline(__always)
    private static func place(of application: ApplicationProtocol, over protocolNumber: UInt8) -> Int {
        let table = protocolNumber == 6 ? 0 : protocolNumber == 17 ? 256 : 512
        return table + Int(application.rawValue)
    }

    private func add(_ flow: Flow, in stack: TunnelStack) {
        guard tunnels[stack] != nil || tunnels.count < Self.tunnelLimit else { return }
        var sum = tunnels[stack] ?? Sum()
        sum.flows += flow.endReason == .active ? 0 : 1
        sum.packets += flow.packets
        sum.bytes += flow.bytes
        tunnels[stack] = sum
    }

    /// Connections that got no answer: a scan makes nothing else.
    var unanswered: UInt64 { attempts }
}

extension Flow {
    /// Whether it is one flow more: not one that was counted as its twin, nor one whose record goes on in another.
    @inline(__always)
    var isFurther: Bool { !repeatsTwin && endReason != .active }
}

extension Sighting.Fact {
    /// Which protocol said it.
    fileprivate var kind: SightingKind {
        switch self {
        case .arp: .arp
        case .neighbourDiscovery: .neighbourDiscovery
        case .dhcp: .dhcp
        case .dhcpv6: .dhcpv6
        case .icmpError: .icmpError
        }
    }
}
