package import Containers
package import Enforcement
package import Policy

/// What a rule of a detector told of, and what the policy wants done about it.
package struct Trouble: Sendable {
    package var report: TroubleReport
    package var response: PolicyResponse
    /// How sure it is who does it.
    package var confidence: Identity.Confidence
    /// Of the packets meanwhile, the part that was lost; nil where that is not known.
    package var loss: Double?

    package init(
        _ report: TroubleReport,
        _ response: PolicyResponse,
        confidence: Identity.Confidence,
        loss: Double?
    ) {
        self.report = report
        self.response = response
        self.confidence = confidence
        self.loss = loss
    }
}
