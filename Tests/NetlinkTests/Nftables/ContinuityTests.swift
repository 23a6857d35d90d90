import Addressing
import Glibc
import Privilege
import Synchronization
import Testing

@testable import Netlink

/// While elements and rules that block are replaced, nothing that is blocked passes; while hooks are, hardly anything.
@Suite("Changes of nftables in traffic", .serialized) struct ContinuityTests {
    /// What is done over and over to a table that blocks one port of the loopback.
    enum Change: CaseIterable {
        case element, elementOfRanges, rules, chain, table, neighbours

        /// Packets that may pass. One that is between the old chain's hook and the new one's when the generation changes finds neither in
        /// force: the new one was passed before its rules were, the old one comes after. A machine with no time for its threads shows it.
        var passing: Int { self == .chain || self == .table ? 3 : 0 }
    }

    static let destination = IPAddress.v4(IPv4Address(bits: 0x7f00_0001))

    static func set(_ change: Change) -> Nftables.Set {
        let ranges: Nftables.Set.Flags = change == .elementOfRanges ? .interval : []
        return .init(.inet, "blocked", key: [.ipv4, .inetProtocol, .inetService], flags: ranges.union(.timeout))
    }

    static let rule = Nftables.Rule(
        .version(.v4),
        .lookup([.ipDestination, .inetProtocol, .destinationPort], in: "blocked"),
        .counter,
        .drop
    )

    static func element(_ port: UInt16, _ seconds: Int64) -> Nftables.Element {
        .init(.init(.address(destination), .inetProtocol(17), .port(port)), timeout: .seconds(seconds))
    }

    static func build(_ batch: inout Nftables.Batch, _ change: Change) {
        batch.add(Nftables.Table(.inet))
        batch.add(set(change))
        batch.add([element(5000, 100)], to: set(change))
        batch.add(Nftables.Chain(.inet, "c", base: .init(.output)))
        batch.append(rule, to: "c", of: .inet)
    }

    static func apply(_ change: Change, _ turn: Int, _ batch: inout Nftables.Batch) {
        switch change {
        case .element, .elementOfRanges: batch.replace([element(5000, Int64(100 + turn))], in: set(change))
        case .rules:
            batch.empty(chain: "c", of: .inet)
            batch.append(rule, to: "c", of: .inet)
        case .chain:
            batch.empty(chain: "c", of: .inet)
            batch.deleteChain("c", of: .inet)
            batch.add(Nftables.Chain(.inet, "c", base: .init(.output, priority: Int32(turn % 7))))
            batch.append(rule, to: "c", of: .inet)
        case .table:
            batch.removeTable(.inet)
            build(&batch, change)
        case .neighbours:
            let first = 6000 + turn % 9 * 50
            batch.replace((first..<first + 50).map { element(UInt16($0), 60) }, in: set(change))
        }
    }

    @Test(arguments: Change.allCases) func letNothingPassThatIsBlocked(change: Change) throws {
        let space = try NftablesSpace()
        try space.commit { Self.build(&$0, change) }
        let sender = try BusySender(space)
        let thread = try WorkerThread { sender.work() }
        do {
            defer {
                sender.end()
                thread.join()
            }
            for turn in 0..<2000 { try space.commit { Self.apply(change, turn, &$0) } }
        }
        #expect(sender.passed <= change.passing && sender.dropped > 100, "\(sender.passed) of \(sender.dropped)")
        #expect(sender.failures == 0)
        print("nftables: \(change): \(sender.dropped) dropped while it changed 2000 times, \(sender.passed) passed")
    }
}

/// Sends datagrams one after another until told to end.
private final class BusySender: @unchecked Sendable {
    private let socket: DatagramSocket
    private let isOver = Mutex(false)
    private(set) var passed = 0
    private(set) var dropped = 0
    private(set) var failures = 0

    init(_ space: NftablesSpace) throws {
        socket = try space.namespace.perform { () throws in try DatagramSocket() }
    }

    func end() { isOver.withLock { $0 = true } }

    func work() {
        while !isOver.withLock({ $0 }) || dropped < 200 {
            switch socket.send(to: ContinuityTests.destination, port: 5000) {
            case 0: passed += 1
            case EPERM: dropped += 1
            default: failures += 1
            }
            if passed > 100_000 || failures > 1000 { return }
        }
    }
}
