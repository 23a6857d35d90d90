import Addressing
import Containers
import Enforcement
import Policy

/// What the host and the policy say of who is never blocked, and of who is kept apart.
extension BlockBook {
    /// What is never blocked, as of now; the host is looked at again after some seconds at the earliest.
    func refreshNeverBlock(at time: Timestamp) {
        let isFresh = surveyed.map { 0..<Self.surveyPause ~= time.nanoseconds &- $0.nanoseconds } ?? false
        if !isFresh {
            surveyed = time
            surroundings = Surroundings(privileged) { remark($0) }
        }
        var never = NeverBlockSet(exempt: settings.exempt)
        never.insert(neighbourhood.look().inventory)
        surroundings.insert(into: &never)
        var hasRoom = true
        for block in settings.addresses { hasRoom = never.insert(block.prefix, block.role) && hasRoom }
        if !hasRoom { remark("there are more addresses that are never blocked than can be kept: some may be") }
        rails.neverBlock = never
    }

    /// Nanoseconds between two looks at the host.
    private static var surveyPause: Int64 { 5_000_000_000 }

    /// What is enforced between levels; nil where none are declared.
    func levels(_ inventory: Inventory) -> LevelPlan? {
        guard !settings.policy.sensitivity.abstains, !hasPanicked else { return nil }
        var inside: Set<IPPrefix> = []
        for interface in inventory.namespaces.flatMap(\.interfaces) {
            for address in interface.addresses where !address.isOfLink {
                if let prefix = IPPrefix(address.address, length: Int(address.prefixLength)) { inside.insert(prefix) }
            }
        }
        let blocks = inside.sorted { ($0.address, $0.length) < ($1.address, $1.length) }
        return LevelPlan(&compiled, inventory: inventory, inside: blocks, mode: rails.mode)
    }
}
