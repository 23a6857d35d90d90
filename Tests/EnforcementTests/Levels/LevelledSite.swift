import Addressing
import Containers
import Enforcement
import Policy
import Testing

/// A policy of three levels by the names of containers: `public*`, `internal*`, `restricted*`.
enum LevelledSite {
    static func policy(_ change: (inout DeclaredPolicy) throws -> Void = { _ in }) rethrows -> CompiledPolicy {
        var policy = DeclaredPolicy()
        for (rank, name) in policy.sensitivity.levels.names.enumerated() {
            var selector = Selector()
            selector.names = [NamePattern("\(name)*")]
            policy.sensitivity.rules.append(.init(level: SensitivityLevel(rank: UInt8(rank)), selector: selector))
        }
        try change(&policy)
        return CompiledPolicy(policy)
    }

    static let lowest = SensitivityLevel(rank: 0)
    static let middle = SensitivityLevel(rank: 1)
    static let highest = SensitivityLevel(rank: 2)

    /// From internal to restricted at TCP 5432.
    static var database: LevelInterface {
        var interface = LevelInterface(from: middle, to: highest)
        interface.traffic = Traffic(protocolNumber: 6, ports: [5432...5432])
        return interface
    }

    static func plan(
        _ inventory: Inventory,
        _ policy: CompiledPolicy,
        mode: EnforcementMode = .enforce
    ) throws -> LevelPlan {
        var policy = policy
        let inside = try ["10.0.0.0/8", "fd00::/8"].map { try #require(IPPrefix($0)) }
        return LevelPlan(&policy, inventory: inventory, inside: inside, mode: mode)
    }
}
