import Netlink

/// Chains of a table as the kernel has them: one that devices come through is several there, of so many devices each, and a device
/// stays where it is.
struct BaseChains {
    /// The rules of every chain that shall be.
    private(set) var wanted: [String: [Nftables.Rule]] = [:]
    private(set) var added: [TableChange] = []
    private(set) var devicesAdded: [TableChange] = []
    private(set) var devicesRemoved: [TableChange] = []
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
        let jump = Nftables.Rule(.jump(to: name), comment: nil)
        var open = devices
        var rooms: [(chain: Nftables.Chain, room: Int)] = []
        let numbered = known.keys.compactMap { Self.number($0, of: name) }.sorted()
        for number in numbered {
            guard let chain = known["\(name)_\(number)"], let hooked = chain.base else { continue }
            if hooked.hook != base.hook || hooked.priority != base.priority { isUnlike = true }
            let kept = open.intersection(hooked.devices)
            guard !kept.isEmpty else { continue }
            open.subtract(kept)
            wanted[chain.name] = [jump]
            if hooked.policy != .accept { added.append(.addChain(Self.chain(chain.name, base, family, []))) }
            let gone = hooked.devices.filter { !kept.contains($0) }
            if !gone.isEmpty { devicesRemoved.append(.deleteDevices(chain, gone.sorted())) }
            rooms.append((chain, DesiredChain.deviceLimit - hooked.devices.count))
        }
        var rest = open.sorted()[...]
        for (chain, room) in rooms where room > 0 && !rest.isEmpty {
            devicesAdded.append(.addDevices(chain, Array(rest.prefix(room))))
            rest = rest.dropFirst(room)
        }
        // A chain that goes keeps its name until all is done, so that name is not taken.
        var number = (numbered.last ?? 0) + 1
        while !rest.isEmpty {
            let chain = Self.chain("\(name)_\(number)", base, family, Array(rest.prefix(DesiredChain.deviceLimit)))
            added.append(.addChain(chain))
            wanted[chain.name] = [jump]
            rest = rest.dropFirst(DesiredChain.deviceLimit)
            number += 1
        }
    }

    private static func chain(
        _ name: String,
        _ base: DesiredChain.Base,
        _ family: Nftables.Family,
        _ devices: [String]
    ) -> Nftables.Chain {
        Nftables.Chain(family, name, base: .init(base.hook, priority: base.priority, devices: devices))
    }

    /// The number behind a chain's name; nil when there is none.
    private static func number(_ chain: String, of name: String) -> Int? {
        guard chain.hasPrefix("\(name)_") else { return nil }
        return Int(chain.dropFirst(name.count + 1)).flatMap { $0 > 0 ? $0 : nil }
    }
}
