package import Addressing
package import Containers

/// Why a block is not made. Each is one sentence.
package enum Refusal: Hashable, Sendable {
    case flawed(BlockFlaw)
    case neverBlocked(IPPrefix, what: IPPrefix, role: ProtectedRole)
    case protectedContainer(String)
    case answeredToAnother(name: String)
    case unsure(Identity.Confidence)
    case selectorByItself
    case outsideAlone(IPAddress)
    case perHour(limit: Int)
    case share(containers: Int, of: Int, percent: Int)
    case loss(percent: Double, limit: Double)
    case lossUnknown
    case nobody
}

extension Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .flawed(let flaw): "Not blocked: \(flaw)."
        case .neverBlocked(let prefix, let what, let role):
            "Not blocked: \(prefix) "
                + (prefix == what ? "is \(role.words)." : "has \(what) in common, which is \(role.words).")
        case .protectedContainer(let name): "Not blocked: the policy names \(name) under never_block."
        case .answeredToAnother(let name):
            "Not blocked: \(name) was answered to another container, and only what this one was answered counts."
        case .unsure(let confidence):
            "Not blocked: who sends it is \(confidence.rawValue), and only what is certain is blocked by itself."
        case .selectorByItself: "Not blocked: a rule blocks the container it tells of, and no others that are like it."
        case .outsideAlone(let address):
            "Not blocked: \(address) is outside, and the policy does not say that addresses alone are blocked."
        case .perHour(let limit): "Not blocked: \(limit) blocks were made by rules within the hour, and no more may be."
        case .share(let count, let total, let percent):
            "Not blocked: rules would stop \(count) of \(total) containers, and at most \(percent) % may be stopped so."
        case .loss(let percent, let limit):
            "Not blocked: \(percent) % of packets were lost meanwhile, above \(limit) % nothing is blocked by itself."
        case .lossUnknown:
            "Not blocked: how many packets were lost meanwhile is not known, so nothing is blocked by itself."
        case .nobody: "Not blocked: the container does not run any more."
        }
    }
}
