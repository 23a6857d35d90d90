import Monitor
import Policy

extension EnforcementSettings {
    /// Those of a policy.
    init(_ policy: DeclaredPolicy) {
        self.init()
        protected = policy.neverBlock
    }
}
