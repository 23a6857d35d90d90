package import Addressing

/// What may be, as people declare it in `Docs/Policy.md`: one value, in which nothing is looked up. `CompiledPolicy` is for that.
///
/// A new one is what holds without any declaration: whatever needs one abstains.
package struct DeclaredPolicy: Hashable, Sendable {
    package var sensitivity = Sensitivity()
    /// Labels that are believed whatever they say: those the ones who make containers cannot write.
    package var trustedLabels: [String] = []
    /// Where levels may meet; in any order.
    package var interfaces: [LevelInterface] = []
    /// Who may go outside. None: nothing is declared, and nothing is said of it.
    package var egress: [EgressRule] = []
    package var feeds: [Feed] = []
    package var exceptions: [PolicyException] = []
    /// By identifier (`scan.vertical`) or category (`scan`), of which the identifier counts first.
    package var rules: [String: RuleSetting] = [:]
    /// What is otherwise than the detectors have it: counts, seconds, bytes.
    package var thresholds: [ThresholdKey: Int] = [:]
    /// Images that may run. None: nothing is declared.
    package var approvedImages: [NamePattern] = []
    /// Tunnel ends of other hosts. None: nothing is declared.
    package var tunnelEnds: [IPPrefix] = []
    /// Whom DNS may be asked of. None: nothing is declared.
    package var resolvers: [IPPrefix] = []
    /// The file of what was learned of workloads; nil for none.
    package var baseline: String?
    /// Who may scan.
    package var bastions: [Selector] = []
    /// Who is never stopped, whatever he does.
    package var neverBlock: [Selector] = []

    package init() {}

    /// The most entries each list of names, blocks and selectors may have.
    package static var listLimit: Int { 1024 }
}
