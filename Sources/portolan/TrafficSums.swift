import Flows
import Records
import Wire

/// Flows, packets and bytes by what they are.
struct TrafficSums {
    /// Flows, packets and bytes of one kind.
    struct Sum {
        var flows: UInt64 = 0
        var packets: UInt64 = 0
        var bytes: UInt64 = 0

        @inline(__always)
        mutating func add(_ flow: Flow) {
            flows &+= flow.isFurther ? 1 : 0
            packets &+= flow.gain.packets
            bytes &+= flow.gain.bytes
        }

        mutating func add(_ other: Self) {
            flows &+= other.flows
            packets &+= other.packets
            bytes &+= other.bytes
        }
    }

    /// By IP protocol number.
    private(set) var protocols = [Sum](repeating: Sum(), count: 256)
    /// By what their bytes said: 256 over TCP, 256 over UDP, 256 over anything else.
    private var applications = [Sum](repeating: Sum(), count: 768)
    /// TCP connections by Zeek's state; those without an answer apart, as a scan makes millions.
    private(set) var states: [ConnectionState: UInt64] = [:]
    /// Connections that got no answer.
    private(set) var unanswered: UInt64 = 0
    /// What travelled in tunnels, by all that was around it; these count also what was seen outside the tunnel.
    private(set) var tunnels: [TunnelStack: Sum] = [:]
    private(set) var talkers: TalkerTable
    /// What was told that is no flow, by kind.
    private(set) var sightings: [SightingKind: UInt64] = [:]

    /// The most combinations of tunnels that are kept apart: honest captures have a handful, hostile ones all.
    private static var tunnelLimit: Int { 256 }

    init(resolvesNames: Bool) {
        talkers = TalkerTable(resolvesNames: resolvesNames)
    }

    /// Adds an ended flow.
    @inline(__always)
    mutating func add(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        protocols[Int(flow.protocolNumber)].add(flow)
        let application = flow.applicationProtocol
        if application != .unknown { applications[Self.place(of: application, over: flow.protocolNumber)].add(flow) }
        if flow.protocolNumber == 6, flow.isFurther {
            let state = flow.connectionState
            if state == .s0 { unanswered += 1 } else { states[state, default: 0] += 1 }
        }
        if flow.isTunnelled { addTunnelled(flow, book) }
        talkers.add(flow, book, names)
    }

    /// Adds something that is no flow.
    mutating func add(_ sighting: Sighting) {
        sightings[sighting.fact.kind, default: 0] += 1
    }

    /// What an application protocol came to over TCP (6), UDP (17), or any other protocol.
    func sum(of application: ApplicationProtocol, over protocolNumber: UInt8) -> Sum {
        applications[Self.place(of: application, over: protocolNumber)]
    }

    private static func place(of application: ApplicationProtocol, over protocolNumber: UInt8) -> Int {
        let table = protocolNumber == 6 ? 0 : protocolNumber == 17 ? 256 : 512
        return table + Int(application.rawValue)
    }

    @inline(never)
    private mutating func addTunnelled(_ flow: Flow, _ book: borrowing FlowBook) {
        guard let (tunnel, _) = book.tunnel(of: flow) else { return }
        let stack = tunnel.stack
        guard tunnels[stack] != nil || tunnels.count < Self.tunnelLimit else { return }
        var sum = tunnels[stack] ?? Sum()
        sum.flows += flow.endReason == .active ? 0 : 1
        sum.packets += flow.packets
        sum.bytes += flow.bytes
        tunnels[stack] = sum
    }
}

extension Flow {
    /// Whether it is one flow more: not one that was counted as its twin, nor one whose record goes on in another or that
    /// turned out to be a part of another.
    @inline(__always)
    var isFurther: Bool { !repeatsTwin && endReason != .active && endReason != .joined }
}
