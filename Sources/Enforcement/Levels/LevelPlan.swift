package import Addressing
package import Containers
import Netlink
package import Policy

/// Levels of sensitivity as the kernel can keep them apart: who has which level, and where one may call another.
///
/// NIST SP 800-190, section 4.4.2. What goes from one level to another is dropped at the sender's device and again at the receiver's, from
/// its first packet, unless an interface of the policy allows it; in `observe` it is counted and goes on. Whose level is not known is left
/// alone.
package struct LevelPlan: Sendable {
    package var mode: EnforcementMode
    private(set) var locals: [NetworkNamespace: Local] = [:]
    /// What is not kept apart, and why; each a sentence without a full stop.
    package private(set) var gaps: [LevelGap] = []

    /// Elements for declared interfaces at most. When there would be more, nothing is dropped, lest what is declared is.
    package static var limit: Int { 262_144 }

    /// - Parameters:
    ///   - policy: what may be.
    ///   - inventory: who is here now.
    ///   - inside: blocks of addresses that are not outside: the networks of containers and of their hosts.
    ///   - mode: whether what is not declared is dropped, or counted only.
    package init(
        _ policy: inout CompiledPolicy,
        inventory: Inventory,
        inside: [IPPrefix],
        mode: EnforcementMode
    ) {
        self.mode = mode
        let places = LevelledPlace.all(in: inventory, &policy)
        var ways = LevelWays(policy.declared)
        for place in places {
            for other in places { ways.insert(from: place, to: other) }
            ways.insertOutward(of: place)
        }
        gaps = ways.gaps
        if ways.count > Self.limit {
            gaps.append(.tooMany(ways.count))
            self.mode = .observe
        }
        let ends = LevelEnds(places, inside: inside)
        gaps += ends.gaps
        for place in places {
            guard let container = place.residents.first?.container.label else { continue }
            gaps += place.unguarded.map { .unguarded(container: container, interface: $0) }
        }
        let sensitivity = policy.declared.sensitivity
        for namespace in Set(places.flatMap(\.devices).map(\.namespace)) {
            var local = Local(mode: self.mode, names: sensitivity.levels.names, ends: ends)
            if ways.count <= Self.limit { local.elements = ways.tables[namespace]?.finished() ?? [:] }
            for place in places {
                for device in place.devices where device.namespace == namespace {
                    local.levels[device.name] = place.level
                }
            }
            local.leavingIsCrossing = Set(places.map(\.level).filter { sensitivity.leavingIsCrossing($0) })
            locals[namespace] = local
        }
    }

    package var namespaces: Set<NetworkNamespace> { Set(locals.keys) }

    func plan(in namespace: NetworkNamespace) -> Local? { locals[namespace] }
}

/// What levels leave open.
package enum LevelGap: Hashable, Sendable {
    case tooMany(Int)
    case twoLevels(IPAddress)
    case names(String)
    /// What is sent by an interface without an end on the host meets none of our hooks for levels.
    case unguarded(container: String, interface: String)
}

extension LevelGap: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooMany(let count):
            "declared interfaces would take \(count) elements, more than \(LevelPlan.limit): crossings are counted and not dropped"
        case .twoLevels(let address):
            "containers of different levels have the address \(address): nothing is said of it"
        case .unguarded(let container, let interface):
            "\(interface) of \(container) has no end on the host that is known: nothing is kept apart there"
        case .names(let name):
            "what leads to \(name) is not known beforehand: it is not open for those who may not go outside"
        }
    }
}

extension Sensitivity {
    /// Whether going outside is a crossing for a level.
    func leavingIsCrossing(_ level: SensitivityLevel) -> Bool {
        outside.map { $0 != level } ?? (level == levels.highest)
    }
}
