import Addressing
import Configuration
import Enforcement
import Monitor
import Policy

extension EnforcementSettings {
    /// Those of a configuration and its policy.
    init(_ configuration: Configuration.Enforcement, _ policy: DeclaredPolicy) {
        self.init()
        mode = configuration.mode == .enforce ? .enforce : .observe
        limits.perHour = configuration.perHour
        limits.sharePercent = configuration.share
        limits.loss = Double(configuration.loss) / 100
        limits.allowsOutsideAlone = configuration.blocksOutsideAlone
        responses.severity = configuration.severity
        responses.first = configuration.first
        responses.longest = max(configuration.first, configuration.longest)
        addresses = configuration.neverBlock.map { ProtectedBlock($0, .configured) }
        addresses += configuration.registries.map { ProtectedBlock($0, .registry) }
        addresses += configuration.orchestrators.map { ProtectedBlock($0, .orchestrator) }
        addresses += policy.resolvers.map { ProtectedBlock($0, .resolver) }
        exempt = Set(configuration.exempt.compactMap { ProtectedRole(rawValue: $0.rawValue) })
        protected = policy.neverBlock
        heldNetworks = configuration.holdUnknown.map { NamePattern($0) }
        holdLongest = configuration.holdLongest
        self.policy = policy
    }
}
