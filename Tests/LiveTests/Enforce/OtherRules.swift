import Foundation
import Support

/// All of nftables in a network namespace that is not ours, as nft(8) lists it, handles among it: who is made anew has others.
///
/// Counters are left out, as traffic counts.
struct OtherRules: Equatable {
    /// Tables, chains, sets and rules, an object each, in their order.
    private let objects: [String]

    /// Of a place, or of the network namespace of a process there.
    init(on place: any Place, process: Int32? = nil) throws {
        let entry = process.map { ["nsenter", "--net", "-t", "\($0)"] } ?? []
        let listed = try place.output(of: entry + ["nft", "-j", "-s", "list", "ruleset"])
        guard let all = try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [String: Any],
            let list = all["nftables"] as? [[String: [String: Any]]]
        else { throw LabError("\(place.name): nft lists no ruleset: \(listed.prefix(400))") }
        objects = try list.filter { object in
            guard let (kind, about) = object.first else { return false }
            return about[kind == "table" ? "name" : "table"] as? String != "portolan"
        }
        .map { String(decoding: try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys), as: UTF8.self) }
    }

    /// How many there are; the first is nft's own.
    var count: Int { objects.count - 1 }

    /// Those of a table.
    func count(in table: String) -> Int { objects.count { $0.contains("\"\(table)\"") } }

    /// What is here and not there, and the other way round; empty when both are the same, in the same order.
    func difference(from other: Self) -> String {
        guard self != other else { return "" }
        let changes = objects.difference(from: other.objects)
        return "-\(changes.removals.map(\.text))\n+\(changes.insertions.map(\.text))"
    }

    /// Those of some tables alone.
    func only(_ tables: [String]) -> Self {
        Self(objects: objects.filter { object in tables.contains { object.contains("\"\($0)\"") } })
    }

    private init(objects: [String]) { self.objects = objects }
}

extension CollectionDifference<String>.Change {
    fileprivate var text: String {
        switch self {
        case .insert(_, let element, _), .remove(_, let element, _): element
        }
    }
}
