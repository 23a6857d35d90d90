import Addressing
import Netlink

/// The changes of one table.
struct TableDifference {
    private var desired: DesiredTable
    private var standing: Nftables.Contents
    private var time: Timestamp
    private var purpose: Difference.Purpose

    /// What must come first: ranges and ends that stand in the way of new ones. Each is replaced at once.
    private var replaced: [TableChange] = []
    private var added: [TableChange] = []
    private var removed: [TableChange] = []
    private var isUnlike = false

    private(set) var changes: [TableChange] = []

    init(
        _ desired: DesiredTable,
        _ contents: Nftables.Contents?,
        _ flags: Nftables.Table.Flags,
        _ time: Timestamp,
        _ purpose: Difference.Purpose
    ) {
        self.desired = desired
        self.time = time
        self.purpose = purpose
        let table = Nftables.Table(desired.family, flags: flags, comment: "portolan: blocks and levels")
        standing = contents ?? Nftables.Contents(table: table)
        compare()
        let canBeMarked = purpose == .finding || standing.table.canBecome(flags)
        if let contents, isUnlike || !canBeMarked {
            // The same names mean something else there, as a version of ours before may have had it, or the kernel would not mark the
            // table as asked for. Table and all are made anew at once.
            self = Self(desired, nil, flags, time, purpose)
            changes = [.deleteTable(desired.family)] + changes.map { $0.counting(on: contents) }
            return
        }
        let mark: [TableChange] = contents == nil || !standing.table.isMarked(flags) ? [.addTable(table)] : []
        changes = mark + added + removed
    }

    private mutating func compare() {
        let sets = Dictionary(standing.sets.map { ($0.name, $0) }) { first, _ in first }
        let bases = BaseChains(desired, standing.chains)
        isUnlike = bases.isUnlike || desired.sets.contains { name, set in sets[name].map { !$0.isLike(set) } ?? false }
        guard !isUnlike else { return }
        for name in desired.sets.keys.sorted() where sets[name] == nil {
            if let set = desired.sets[name] { added.append(.addSet(set)) }
        }
        added += bases.added
        let chains = bases.wanted
        for name in desired.sets.keys.sorted() {
            if let set = desired.sets[name] { compareElements(of: set, desired.elements[name] ?? [:]) }
        }
        added =
            added.filter { if case .addElements = $0 { false } else { true } } + replaced
            + added.filter { if case .addElements = $0 { true } else { false } }
        for name in chains.keys.sorted() { compareRules(of: name, chains[name] ?? []) }
        added += bases.devicesAdded
        // Rules of chains that go go with them, but those that lead to other chains must be gone before.
        for chain in standing.chains.sorted(by: { $0.name < $1.name }) where chains[chain.name] == nil {
            compareRules(of: chain.name, [])
        }
        removed += bases.devicesRemoved
        // A map that goes leads to chains until it is gone, so sets go before chains, and after the rules that look them up.
        for set in standing.sets.sorted(by: { $0.name < $1.name }) where desired.sets[set.name] == nil {
            removed.append(.deleteSet(desired.family, set.name))
        }
        removed += standing.chains.filter { chains[$0.name] == nil }.map(\.name).sorted()
            .map { .deleteChain(desired.family, $0) }
        // A map must not lead to a chain that goes.
        removed =
            removed.filter { if case .deleteElements = $0 { true } else { false } }
            + removed.filter { if case .deleteElements = $0 { false } else { true } }
    }

    private mutating func compareElements(of set: Nftables.Set, _ wanted: [Nftables.Key: DesiredElement]) {
        var surplus: [Nftables.Key] = []
        var stale: [Nftables.Key] = []
        var lacking: [Nftables.Element] = []
        var present: Swift.Set<Nftables.Key> = []
        for element in standing.elements[set.name] ?? [] {
            guard let shall = wanted[element.key], shall.isDue(after: time) else {
                if !endsByItself(element) { surplus.append(element.key) }
                continue
            }
            present.insert(element.key)
            guard !isAsItShall(element, shall) else { continue }
            stale.append(element.key)
            // What it counted goes on with it.
            lacking.append(shall.kernelElement(element.key, at: time, counter: element.counter))
        }
        for (key, shall) in wanted where !present.contains(key) && shall.isDue(after: time) {
            lacking.append(shall.kernelElement(key, at: time))
        }
        // Ranges that overlap are refused, so old ones go before new ones come.
        if set.flags.contains(.interval), !lacking.isEmpty {
            stale += surplus
            surplus = []
        }
        if !stale.isEmpty { replaced.append(.deleteElements(set, stale.sorted())) }
        if !surplus.isEmpty { removed.append(.deleteElements(set, surplus.sorted())) }
        guard !lacking.isEmpty else { return }
        let additions = TableChange.addElements(set, lacking.sorted { $0.key < $1.key })
        // Taken away and put back belong together.
        if stale.isEmpty { added.append(additions) } else { replaced.append(additions) }
    }

    /// Whether nobody needs to be told that it is too much. It is deleted all the same, lest another one be in its way.
    private func endsByItself(_ element: Nftables.Element) -> Bool {
        purpose == .finding && element.expiration.map { $0 <= .nanoseconds(Difference.margin) } ?? false
    }

    private func isAsItShall(_ element: Nftables.Element, _ shall: DesiredElement) -> Bool {
        // Whoever has no ledger reads from comments which blocks there are, and whom an element stands for besides.
        guard element.verdict == shall.verdict, element.comment == shall.comment else { return false }
        guard let until = shall.until, let expiration = element.expiration ?? element.timeout else {
            return shall.until == nil && element.timeout == nil
        }
        let end = time.advanced(by: expiration).nanoseconds
        let late = end.subtractingReportingOverflow(until.nanoseconds).partialValue
        return -Difference.earliness...Difference.lateness ~= late
    }

    /// Adds at the end, or takes away what is too much; where neither does, all rules are put behind the old ones, and those go, the last
    /// first: so a packet always meets the rules in an order in which they are meant.
    private mutating func compareRules(of chain: String, _ wanted: [Nftables.Rule]) {
        let family = desired.family
        let old = standing.rules[chain] ?? []
        let have = old.map(\.declared)
        if have.count <= wanted.count, have.elementsEqual(wanted.prefix(have.count)) {
            added += wanted.dropFirst(have.count).map { .appendRule(family, chain: chain, $0) }
            return
        }
        var (next, surplus) = (0, [Nftables.Rule]())
        for (place, rule) in have.enumerated() {
            if next < wanted.count, rule == wanted[next] { next += 1 } else { surplus.append(old[place]) }
        }
        if next < wanted.count {
            added += wanted.map { .appendRule(family, chain: chain, $0) }
            surplus = old
        }
        removed += surplus.reversed().compactMap(\.handle).map { .deleteRule(family, chain: chain, handle: $0) }
    }
}

extension DesiredElement {
    /// Whether it shall still be there after a time, if only for a moment.
    fileprivate func isDue(after time: Timestamp) -> Bool { until.map { $0 > time } ?? true }

    /// It as the kernel is told at a time: how long it stays, and what it has counted before.
    func kernelElement(_ key: Nftables.Key, at time: Timestamp, counter: Nftables.Counter? = nil) -> Nftables.Element {
        let left = until.map {
            Duration.nanoseconds($0.nanoseconds.subtractingReportingOverflow(time.nanoseconds).partialValue)
        }
        var element = Nftables.Element(key, verdict: verdict, timeout: left, comment: comment)
        element.counter = counter
        return element
    }
}

extension TableChange {
    /// It with what elements of the same keys have counted before.
    fileprivate func counting(on contents: Nftables.Contents) -> Self {
        guard case .addElements(let set, let elements) = self, set.hasCounters,
            let old = contents.elements[set.name],
            contents.sets.contains(where: { $0.name == set.name && $0.isLike(set) })
        else { return self }
        let counters = Dictionary(old.map { ($0.key, $0.counter) }) { first, _ in first }
        return .addElements(
            set,
            elements.map { element in
                var element = element
                element.counter = counters[element.key] ?? nil
                return element
            }
        )
    }
}

extension Nftables.Table {
    /// Whether it is marked so. One that outlived its owner has none and is to be taken over.
    fileprivate func isMarked(_ flags: Flags) -> Bool {
        self.flags == flags && (owner != nil || !flags.contains(.owner))
    }

    /// Whether the kernel would mark it so: it gives an owner to an orphan alone, takes none away, and leaves `persist` as it was.
    /// nf_tables_updtable of net/netfilter/nf_tables_api.c; being dormant may change.
    fileprivate func canBecome(_ flags: Flags) -> Bool {
        let (mine, wanted) = (self.flags.subtracting(.dormant), flags.subtracting(.dormant))
        return mine == wanted || mine == .persist && wanted == [.owner, .persist]
    }
}

extension Nftables.Set {
    /// Whether it is the same but for what only the kernel knows and nobody relies on.
    fileprivate func isLike(_ other: Self) -> Bool {
        let counted: Flags = [.constant, .interval, .timeout, .dynamic]
        return key == other.key && flags.intersection(counted) == other.flags.intersection(counted)
            && isVerdictMap == other.isVerdictMap && hasCounters == other.hasCounters && timeout == other.timeout
    }
}

extension Nftables.Key {
    /// By their bytes: an order for what is written.
    static func < (left: Self, right: Self) -> Bool { left.first.lexicographicallyPrecedes(right.first) }
}

extension Array where Element == Nftables.Key {
    fileprivate func sorted() -> Self { sorted { $0 < $1 } }
}
