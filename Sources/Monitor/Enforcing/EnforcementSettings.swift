package import Addressing
package import Enforcement
package import Policy

/// What enforcement goes by, as the configuration and the policy have it.
package struct EnforcementSettings: Hashable, Sendable {
    package var mode = EnforcementMode.observe
    package var limits = GuardRails.Limits()
    package var responses = ResponsePlan.Settings()
    /// What is never blocked, besides what is found.
    package var addresses: [ProtectedBlock] = []
    /// Roles that are taken out of what is never blocked.
    package var exempt: Set<ProtectedRole> = []
    /// Containers that are never stopped.
    package var protected: [Selector] = []

    /// Networks on which devices are held until they are known: bridges by their names, overlays by their numbers.
    package var heldNetworks: [NamePattern] = []
    /// How long a device is held at most that nobody is known behind.
    package var holdLongest = Duration.seconds(10)

    /// What is declared of levels of sensitivity, and of what may go between them.
    package var policy = DeclaredPolicy()

    package init() {}
}

/// Addresses that are never blocked, and why.
package struct ProtectedBlock: Hashable, Sendable {
    package var prefix: IPPrefix
    package var role: ProtectedRole

    package init(_ prefix: IPPrefix, _ role: ProtectedRole) {
        self.prefix = prefix
        self.role = role
    }
}
