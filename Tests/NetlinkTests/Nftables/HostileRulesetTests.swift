import CMnl
import Glibc
import Support
import Testing

@testable import Netlink

/// What a kernel tells of nftables with octets changed: it is read or refused, and nothing traps.
@Suite("Nftables of hostile bytes") struct HostileRulesetTests {
    /// The messages of a dump or of events: type, and what follows the header.
    struct Message: Sendable {
        var type: UInt16
        var body: [UInt8]
    }

    /// What a real kernel tells of one of each of everything: tables, chains, sets, elements and rules.
    static func captured() throws -> [Message] {
        let space = try NftablesSpace()
        var events = try space.namespace.perform { () throws(NetlinkError) in
            try EventStream(
                .netfilter,
                groups: [NFNLGRP_NFTABLES.rawValue],
                listensToAllNamespaces: false,
                bytes: 4 << 20,
                operation: "x"
            )
        }
        for family in [Nftables.Family.inet, .netdev] {
            let rules = try RuleTests.rules(family)
            try space.commit { (batch) in
                batch.add(Nftables.Table(family, comment: "a table"))
                let ports = Nftables.Set(family, "ports", key: [.inetService], isVerdictMap: true)
                batch.add(ports)
                batch.add([.init(.init(.port(80)), verdict: .drop)], to: ports)
                batch.add(Nftables.Set(family, "ports4", key: [.inetService], flags: .interval, size: 7))
                batch.add(Nftables.Chain(family, "aside", comment: "a chain"))
                batch.add(RuleTests.chain(family))
                for (_, rule) in rules { batch.append(rule, to: "c", of: family) }
            }
        }
        let element = try BatchTests.element()
        try space.commit { (batch) in
            batch.add(BatchTests.set)
            batch.add([element], to: BatchTests.set)
        }
        try space.commit { batch in batch.removeTable(.netdev) }
        var messages: [Message] = []
        let keep = { (_: Int32?, message: borrowing NetlinkMessage) in
            messages.append(Message(type: message.type, body: message.body.octets))
        }
        while try events.receive(keep, lost: {}) {}
        return messages
    }

    /// A datagram of one message.
    static func datagram(_ message: Message) -> [UInt8] {
        var bytes = UInt32(16 + message.body.count).nativeOctets + message.type.nativeOctets
        bytes += [UInt8](repeating: 0, count: 10) + message.body
        return bytes
    }

    /// Reads it as an event does; whether it was one.
    static func read(_ message: Message) throws(NetlinkError) -> NftablesEvent? {
        let bytes = datagram(message)
        var messages = NetlinkMessages(bytes.rawBytes, operation: "x")
        guard let message = try messages.next() else { return nil }
        return try NftablesEvent(message)
    }

    @Test func realOnesAreReadAndCutOnesRefusedOrShorter() throws {
        let messages = try Self.captured()
        #expect(messages.count > 50)
        var refused = 0
        var cut = 0
        for message in messages {
            #expect(try Self.read(message) != nil, "\(message)")
            for length in 0..<message.body.count {
                cut += 1
                let short = Message(type: message.type, body: Array(message.body.prefix(length)))
                do throws(NetlinkError) { _ = try Self.read(short) } catch {
                    guard case .malformed = error else {
                        Issue.record("\(error)")
                        continue
                    }
                    refused += 1
                }
            }
        }
        #expect(refused * 2 > cut)
    }

    @Test func changedOnesNeverTrap() throws {
        let messages = try Self.captured()
        let seed = UInt64.random(in: 0...UInt64.max)
        // Before, as nothing is printed after a trap.
        print("nftables: hostile bytes of seed \(seed)")
        var random = SeededNumbers(seed: seed)
        var read = 0
        for _ in 0..<20_000 {
            guard var message = messages.randomElement(using: &random), !message.body.isEmpty else { continue }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<message.body.count, using: &random)
                message.body[place] = .random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) {
                message.body.removeLast(Int.random(in: 0...message.body.count, using: &random))
            }
            // What it says may be wrong, but all of it can be looked at.
            if let event = try? Self.read(message) {
                read += 1
                if case .elements(_, _, let elements) = event {
                    for element in elements {
                        _ = element.key.fields(BatchTests.set.key)
                        _ = element.key.fields([.inetService])
                    }
                    _ = Nftables.Element.ranges(elements, ends: elements.map(\.key.first))
                }
            }
        }
        #expect(read > 200, "seed \(seed)")
    }

    @Test func endsOfRangesMayBeAnything() {
        let starts = [[0], [5], [255]].map { Nftables.Element(.init(first: $0, last: nil)) }
        let keys = { (ends: [[UInt8]]) in Nftables.Element.ranges(starts, ends: ends).map { $0.key.last } }
        #expect(keys([]) == [[255], [255], nil])
        #expect(keys([[0], [1], [6]]) == [nil, nil, nil])
        #expect(keys([[3]]) == [[2], [255], nil])
        #expect(keys([[], [9, 9]]).count == 3)
    }
}
