import Enforcement
import Netlink
import Testing

/// What the kernel makes of changes, as far as its rules matter here: what it refuses, and what stands afterwards.
struct ModelKernel {
    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    var tables: [Nftables.Family: Nftables.Contents] = [:]
    private var nextHandle: UInt64 = 1

    /// What nf_tables_updtable of the kernel refuses: an owner is only given to an orphan, and none is taken away.
    private static func mark(_ table: Nftables.Table, as flags: Nftables.Table.Flags) throws {
        guard table.flags != flags else { return }
        let isOrphan = table.flags.intersection([.owner, .persist]) == .persist
        let loses = table.flags.contains(.owner) && !flags.contains(.owner)
        let gains = flags.contains(.owner) && !isOrphan
        guard !loses, !gains, table.flags.contains(.persist) == flags.contains(.persist) else {
            throw Refusal(description: "table \(table.family) cannot be marked otherwise")
        }
    }

    /// Makes changes one after the other.
    mutating func apply(_ steps: [TableChange]) throws {
        for step in steps { try apply(step) }
    }

    /// The owner of all tables ends: those that persist are orphans, the others are gone.
    mutating func ownerEnds() {
        for (family, contents) in tables where contents.table.flags.contains(.owner) {
            tables[family]?.table.owner = nil
            tables[family]?.table.flags.remove(.owner)
            if !contents.table.flags.contains(.persist) { tables[family] = nil }
        }
    }

    /// Makes one change.
    mutating func apply(_ step: TableChange) throws {
        switch step {
        case .addTable(let table):
            if let known = tables[table.family]?.table { try Self.mark(known, as: table.flags) }
            if tables[table.family] == nil { tables[table.family] = Nftables.Contents(table: table) }
            tables[table.family]?.table.flags = table.flags
            tables[table.family]?.table.owner = table.flags.contains(.owner) ? 1 : nil
        case .deleteTable(let family):
            guard tables.removeValue(forKey: family) != nil else { throw Refusal(description: "no table \(family)") }
        case .addSet(let set):
            try change(set.family) { table in
                guard !table.sets.contains(where: { $0.name == set.name }) else { return }
                table.sets.append(set)
            }
        case .deleteSet(let family, let name):
            try change(family) { table in
                let users = table.rules.values.joined().filter { $0.sets.contains(name) }
                guard users.isEmpty else { throw Refusal(description: "set \(name) is in use") }
                guard table.sets.contains(where: { $0.name == name }) else {
                    throw Refusal(description: "no set \(name)")
                }
                table.sets.removeAll { $0.name == name }
                table.elements[name] = nil
            }
        case .addElements(let set, let elements):
            try change(set.family) { table in
                guard let known = table.sets.first(where: { $0.name == set.name }) else {
                    throw Refusal(description: "no set \(set.name)")
                }
                var list = Dictionary((table.elements[set.name] ?? []).map { ($0.key, $0) }) { $1 }
                let before = Array(list.values)
                for element in elements {
                    if element.timeout != nil, !known.flags.contains(.timeout) { throw Refusal(description: "timeout") }
                    if element.key.first.count != known.keyLength { throw Refusal(description: "key of \(set.name)") }
                    if element.key.last != nil, !known.flags.contains(.interval) { throw Refusal(description: "range") }
                    if let target = element.verdict?.chain, !table.chains.contains(where: { $0.name == target }) {
                        throw Refusal(description: "no chain \(target)")
                    }
                    if known.flags.contains(.interval),
                        let other = before.first(where: { $0.key.overlaps(element.key, known) })
                    {
                        throw Refusal(description: "\(element.key) overlaps \(other.key) in \(set.name)")
                    }
                    // One that is there stays as it is.
                    guard list[element.key] == nil else { continue }
                    var made = element
                    made.expiration = element.timeout
                    if known.hasCounters, made.counter == nil { made.counter = Nftables.Counter() }
                    list[element.key] = made
                }
                table.elements[set.name] = Array(list.values)
            }
        case .deleteElements(let set, let keys):
            try change(set.family) { table in
                guard table.sets.contains(where: { $0.name == set.name }) else {
                    throw Refusal(description: "no set \(set.name)")
                }
                // Whether they are there or not.
                for key in keys { table.elements[set.name]?.removeAll { $0.key == key } }
            }
        case .addChain(let chain):
            try change(chain.family) { table in
                if let place = table.chains.firstIndex(where: { $0.name == chain.name }) {
                    table.chains[place].base?.policy = chain.base?.policy ?? .accept
                } else {
                    table.chains.append(chain)
                }
            }
        case .deleteChain(let family, let name):
            try change(family) { table in
                let jumps = table.rules.values.joined().contains { $0.chains.contains(name) }
                let leads = table.elements.values.joined().contains { $0.verdict?.chain == name }
                guard !jumps, !leads, table.rules[name, default: []].isEmpty else {
                    throw Refusal(description: "chain \(name) is in use")
                }
                table.chains.removeAll { $0.name == name }
                table.rules[name] = nil
            }
        case .addDevices(let chain, let devices):
            try change(chain) { devices.count + $0.count > 255 ? nil : ($0 + devices).sorted() }
        case .deleteDevices(let chain, let devices):
            try change(chain) { have in Set(devices).isSubset(of: have) ? have.filter { !devices.contains($0) } : nil }
        case .appendRule(let family, let chain, let rule):
            try append(rule, to: chain, of: family)
        case .deleteRule(let family, let chain, let handle):
            try change(family) { table in
                guard let place = table.rules[chain]?.firstIndex(where: { $0.handle == handle }) else {
                    throw Refusal(description: "no rule \(handle) in \(chain)")
                }
                table.rules[chain]?.remove(at: place)
            }
        }
    }

    private mutating func append(_ rule: Nftables.Rule, to chain: String, of family: Nftables.Family) throws {
        var rule = rule
        rule.handle = nextHandle
        nextHandle += 1
        try change(family) { table in
            let names = Set(table.chains.map(\.name))
            guard names.contains(chain), names.isSuperset(of: rule.chains) else {
                throw Refusal(description: "no chain")
            }
            guard Set(table.sets.map(\.name)).isSuperset(of: rule.sets) else { throw Refusal(description: "no set") }
            table.rules[chain, default: []].append(rule)
        }
    }

    private mutating func change(_ family: Nftables.Family, _ body: (inout Nftables.Contents) throws -> Void) throws {
        guard var table = tables[family] else { throw Refusal(description: "no table \(family)") }
        try body(&table)
        tables[family] = table
    }

    private mutating func change(_ chain: Nftables.Chain, _ body: ([String]) -> [String]?) throws {
        try change(chain.family) { table in
            guard let place = table.chains.firstIndex(where: { $0.name == chain.name }),
                let devices = body(table.chains[place].base?.devices ?? [])
            else { throw Refusal(description: "devices of \(chain.name)") }
            table.chains[place].base?.devices = devices
        }
    }

    /// Lets time pass: elements count down and end.
    mutating func wait(_ seconds: Int64) {
        for (family, table) in tables {
            for (name, elements) in table.elements {
                tables[family]?.elements[name] = elements.compactMap { element in
                    guard let left = element.expiration else { return element }
                    guard left > .seconds(seconds) else { return nil }
                    var element = element
                    element.expiration = left - .seconds(seconds)
                    return element
                }
            }
        }
    }
}

extension Nftables.Rule {
    /// Sets it looks things up in.
    var sets: Set<String> {
        Set(expressions.compactMap { if case .lookup(let set, _, _, _) = $0 { set } else { nil } })
    }

    /// Chains it leads to.
    var chains: Set<String> {
        Set(expressions.compactMap { if case .verdict(let verdict) = $0 { verdict.chain } else { nil } })
    }
}

extension Nftables.Verdict {
    var chain: String? {
        switch self {
        case .jump(let chain), .goto(let chain): chain
        default: nil
        }
    }
}

extension Nftables.Key {
    /// Whether two keys of a set of ranges have a value in common.
    func overlaps(_ other: Self, _ set: Nftables.Set) -> Bool {
        guard let mine = fields(set.key), let others = other.fields(set.key) else { return false }
        return zip(mine, others).allSatisfy { one, two in
            !one.last.lexicographicallyPrecedes(two.first) && !two.last.lexicographicallyPrecedes(one.first)
        }
    }
}
