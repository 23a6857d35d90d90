import Addressing
import Containers
import Flows
import Foundation
import Graph
import Records

@testable import Dashboard

/// Snapshots to draw: the flows of Captures/shop/shop-node-a.pcapng as `portolan replay -o json` told them, with names put to them.
enum Example {
    static let flows: [FlowRecord] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Screens/Records/shop-node-a.jsonl")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let bytes = Array(line.utf8)
            return try? FlowRecord(reading: bytes.span)
        }
    }()

    static let end = Timestamp(nanoseconds: 1_795_551_771_000_000_000)

    static func snapshot(_ flows: [FlowRecord] = [], origin: Snapshot.Origin = .files(["shop.pcapng"])) -> Snapshot {
        let graph = GraphPicture(endpoints: [:], edges: [:], minutes: [], folding: GraphFolding())
        var snapshot = Snapshot(origin: origin, time: flows.map(\.last).max() ?? end, graph: graph)
        snapshot.flows = flows
        return snapshot
    }

    /// The same flows again and again, each time a second later and a byte more.
    static func flows(_ count: Int) -> [FlowRecord] {
        guard !flows.isEmpty else { return [] }
        return (0..<count).map { index in
            var flow = flows[index % flows.count]
            let later = Int64(index / flows.count) * 1_000_000_000
            flow.identifier = FlowIdentifier(bits: UInt64(index + 1))
            flow.first = Timestamp(nanoseconds: flow.first.nanoseconds + later)
            flow.last = Timestamp(nanoseconds: flow.last.nanoseconds + later)
            flow.source.bytes += UInt64(index)
            return flow
        }
    }

    /// Who has which of the addresses.
    private static let names = [
        "10.244.1.10": "catalog-0", "10.244.1.11": "cart-0", "10.244.1.12": "coredns-0", "10.244.1.13": "debug-7f9c",
        "10.244.2.20": "frontend-0", "10.244.2.21": "ads-0", "10.244.2.22": "teapot-0", "10.244.2.23": "payment-0",
    ]

    /// The same flow, between containers that have names.
    static func named(_ flow: FlowRecord, hostile: String? = nil) -> FlowRecord {
        var flow = flow
        flow.identities = FlowIdentities(
            source: SharedIdentity(identity(flow.source.address, hostile)),
            destination: SharedIdentity(identity(flow.destination.address, hostile)),
            hostName: "node-a"
        )
        return flow
    }

    private static func identity(_ address: IPAddress, _ hostile: String?) -> Identity {
        guard let name = names["\(address)"] else { return Identity(kind: .outside, confidence: .certain) }
        var identity = Identity(
            kind: .container,
            method: .interface,
            confidence: name == "debug-7f9c" ? .ambiguous : .certain
        )
        identity.container = container(
            hostile.map { $0 + name } ?? name,
            number: names.keys.sorted().firstIndex(of: "\(address)") ?? 0
        )
        return identity
    }

    static func container(_ name: String, number: Int) -> Container {
        var container = Container(key: ContainerKey(identifier: identifier(number), generation: 1))
        container.description.name = name
        container.description.image = "shop/\(name.split(separator: "-").first ?? "x"):4"
        container.description.runtime = .docker
        container.started = Timestamp(nanoseconds: end.nanoseconds - 3_600_000_000_000)
        return container
    }

    static func identifier(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    static let levels: EndSigns = {
        let levels = Level.ordered(["public", "internal", "restricted"])
        var signs = EndSigns()
        for number in 0..<8 where levels.count == 3 {
            signs.levels[identifier(number)] = levels[number == 7 ? 2 : number % 2]
        }
        signs.marks[identifier(5)] = .alert
        return signs
    }()

    /// What a terminal must not be told: escapes, a bell, text turned round, a line break, and a long, wide name.
    static let hostile = "\u{1b}]0;x\u{7}\u{202e}evil\r\n\u{9b}31m店铺"
}
