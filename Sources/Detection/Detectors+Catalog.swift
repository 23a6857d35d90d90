package import Policy

extension Detectors {
    /// What a policy may speak of: the rules there are, and the thresholds that may be set.
    package static var catalog: RuleCatalog {
        var catalog = RuleCatalog()
        catalog.rules = Set(Rule.allCases.map(\.rawValue))
        catalog.thresholds = NameDetectors.thresholds
        catalog.thresholds["scan"] = ScanLimits.thresholds
        catalog.thresholds["flood"] = FloodLimits.thresholds
        catalog.thresholds["overlay"] = OverlayDetectors.thresholds
        catalog.thresholds["exfiltration"] = VolumeDetector.thresholds
        catalog.thresholds["beacon"] = BeaconDetector.thresholds
        catalog.thresholds["listener"] = NewListenerDetector.thresholds
        catalog.thresholds["baseline"] = BaselineDetectors.thresholds
        return catalog
    }

    /// What says nothing under a policy, and why: a line each.
    package static func abstentions(under policy: DeclaredPolicy) -> [String] {
        var lines: [String] = []
        func note(_ rule: Rule, _ why: String, _ abstains: Bool) {
            if abstains { lines.append("\(rule.rawValue) abstains: \(why)") }
        }
        note(.undeclaredCrossing, "no levels are given to anybody (sensitivity)", policy.sensitivity.abstains)
        note(.undeclaredEgress, "no ways outside are declared (egress)", policy.egress.isEmpty)
        note(.listedDestination, "no feeds are named (feeds)", policy.feeds.isEmpty)
        note(.unapprovedImage, "no images are approved (approved_images)", policy.approvedImages.isEmpty)
        note(
            .strangeTunnelEnd,
            "no tunnel ends are named (tunnel_ends); it goes by the host's own",
            policy.tunnelEnds.isEmpty
        )
        note(.foreignResolver, "no resolvers are named (resolvers)", policy.resolvers.isEmpty)
        note(.newDestination, "nothing was learned of workloads (baseline)", policy.baseline == nil)
        return lines
    }
}
