/// What a policy says of a flow.
package struct FlowVerdict: Hashable, Sendable {
    /// Whether the flow goes from one level to another, and may.
    package enum Crossing: Hashable, Sendable {
        /// The level of one end is not known.
        case abstains
        /// Both ends are of one level.
        case none
        /// The interface of the policy that allows it, counted from 0.
        case declared(interface: Int)
        /// It goes outside, and the rule of the policy that allows that.
        case declaredEgress(rule: Int)
        /// Nothing allows it.
        case undeclared
    }

    /// Whether the flow goes outside, and may.
    package enum Egress: Hashable, Sendable {
        /// Nothing is declared of who may.
        case abstains
        /// It does not go outside.
        case none
        /// The rule of the policy that allows it, counted from 0.
        case declared(rule: Int)
        /// Nothing allows it.
        case undeclared
    }

    /// Nil: not known.
    package var sourceLevel: SensitivityLevel?
    package var destinationLevel: SensitivityLevel?
    package var crossing: Crossing
    package var egress: Egress
}
