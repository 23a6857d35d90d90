import Netlink

/// Chains of a table as the kernel has them: one that devices come through is several there, of so many devices each, and a device
/// stays where it is.
struct BaseChains {
    /// The rules of every chain that shall be.
    private(set) var wanted: [String: [Nftables.Rule]] = [:]
    private(set) var added: [TableChange] = []
    private(set) var devicesAdded: [TableChange] = []
    private(set) var devicesRemoved: [TableChange] = []
    /// Devices that some chain is given. The kernel takes each only once in a batch and table, be it for chains of other hooks.
    private var updated: Set<String> = []
    /// Whether a chain of the same name is hooked elsewhere.
    private(set) var isUnlike = false

    init(_ desired: DesiredTable, _ standing: [Nftables.Chain]) {
        let known = Dictionary(standing.map { ($0.name, $0) }) { first, _ in first }
        for name in desired.chains.keys.sorted() {
            guard let chain = desired.chains[name] else { continue }
            wanted[name] = chain.rules
            let devices = chain.base?.devices
            var kernel = Nftables.Chain(desired.family, name, comment: chain.comment)
            // What devices come through jumps to it; it is hooked nowhere itself.
            if let base = chain.base, devices == nil { kernel.base = .init(base.hook, priority: base.priority) }
            add(kernel, known[name])
            guard let base = chain.base, let devices else { continue }
            assign(devices, to: name, base, desired.family, known)
        }
    }

    private mutating func add(_ chain: Nftables.Chain, _ known: Nftables.Chain?) {
        guard let known else {
            added.append(.addChain(chain))
            return
        }
        if known.base?.hook != chain.base?.hook || known.base?.priority != chain.base?.priority { isUnlike = true }
        // Adding it again sets the policy.
        if known.base?.policy != chain.base?.policy { added.append(.addChain(chain)) }
    }

    private mutating func assign(
        _ devices: Set<String>,
        to name: String,
        _ base: DesiredChain.Base,
        _ family: Nftables.Family,
        _ known: [String: Nftables.Chain]
    ) {
        let numbered = known.keys.compactMap { Self.number($0, of: name) }.sorted()
        var open = devices
        var kept: [(chain: Nftables.Chain, devices: Set<String>)] = []
        for number in numbered {
            guard let chain = known["\(name)_\(number)"], let hooked = chain.base else { continue }
            if hooked.hook != base.hook || hooked.priority != base.priority { isUnlike = true }
            // We never hook devices by a prefix, and what the kernel takes for one that is to be taken away is its own affair: the chain goes
            // as a whole.
            guard !hooked.devices.contains(where: { $0.hasSuffix("*") }) else { continue }
            let mine = open.intersection(hooked.devices)
            open.subtract(mine)
            if !mine.isEmpty { kept.append((chain, mine)) }
        }
        // A chain that goes keeps its name until all is done, so that name is not taken.
        let taken = Set(numbered)
        var next = (1...).first { !taken.contains($0) } ?? 1
        var rest = open.sorted()[...]
        if open.isDisjoint(with: updated) {
            for (chain, _) in kept where !rest.isEmpty {
                let room = DesiredChain.deviceLimit - (chain.base?.devices.count ?? 0)
                guard room > 0 else { continue }
                devicesAdded.append(.addDevices(chain, Array(rest.prefix(room))))
                updated.formUnion(rest.prefix(room))
                rest = rest.dropFirst(room)
            }
        } else if let place = kept.indices.min(by: { kept[$0].devices.count < kept[$1].devices.count }) {
            // The emptiest goes, and another one with its devices and the new ones comes at once.
            rest = (rest + kept.remove(at: place).devices).sorted()[...]
        }
        while !rest.isEmpty {
            let chain = Self.chain("\(name)_\(next)", base, family, Array(rest.prefix(DesiredChain.deviceLimit)))
            added.append(.addChain(chain))
            wanted[chain.name] = [Nftables.Rule(.jump(to: name))]
            rest = rest.dropFirst(DesiredChain.deviceLimit)
            repeat { next += 1 } while taken.contains(next)
        }
        for (chain, devices) in kept { keep(chain, devices, jumpingTo: name, base) }
    }

    private mutating func keep(
        _ chain: Nftables.Chain,
        _ devices: Set<String>,
        jumpingTo name: String,
        _ base: DesiredChain.Base
    ) {
        wanted[chain.name] = [Nftables.Rule(.jump(to: name))]
        if chain.base?.policy != .accept {
            added.append(.addChain(Self.chain(chain.name, base, chain.family, chain.base?.devices ?? [])))
        }
        let gone = (chain.base?.devices ?? []).filter { !devices.contains($0) }
        if !gone.isEmpty { devicesRemoved.append(.deleteDevices(chain, gone.sorted())) }
    }

    private static func chain(
        _ name: String,
        _ base: DesiredChain.Base,
        _ family: Nftables.Family,
        _ devices: [String]
    ) -> Nftables.Chain {
        Nftables.Chain(family, name, base: .init(base.hook, priority: base.priority, devices: devices))
    }

    /// The number behind a chain's name, from 1 to 999,999; nil when there is none, or one that we never give.
    private static func number(_ chain: String, of name: String) -> Int? {
        guard chain.hasPrefix("\(name)_") else { return nil }
        return Int(chain.dropFirst(name.count + 1)).flatMap { 1..<1_000_000 ~= $0 ? $0 : nil }
    }
}
