package import Addressing
package import Enforcement
package import Policy

/// What enforcement goes by, as the configuration and the policy have it.
package struct EnforcementSettings: Hashable, Sendable {
    package var mode = EnforcementMode.observe
    package var limits = GuardRails.Limits()
    /// Blocks of addresses that are never blocked, besides those that are found.
    package var neverBlock: [IPPrefix] = []
    /// What the policy names of that kind.
    package var registries: [IPPrefix] = []
    /// Roles that are taken out of what is never blocked.
    package var exempt: Set<ProtectedRole> = []
    /// Containers that are never stopped.
    package var protected: [Selector] = []

    package init() {}
}
