import Containers
import Policy

extension Preview {
    /// It in full sentences, a line each, for a person who is asked whether to go on.
    package var text: String {
        var lines: [String] = []
        let names = placement.members.map(\.label)
        if placement.isEmpty {
            lines.append("Nothing would be stopped.")
        } else if names.isEmpty {
            lines.append("Whoever talks with it would be stopped.")
        } else {
            let shown = names.prefix(Self.flowLimit).joined(separator: ", ")
            let rest = names.count > Self.flowLimit ? " and \(names.count - Self.flowLimit) more" : ""
            lines.append("Stopped would be \(shown)\(rest).")
        }
        if case .selector = order.subject { lines.append("Whoever matches later is stopped, too.") }
        if !placement.covered.isEmpty {
            lines.append(
                "Caught is what goes " + placement.covered.sorted().map(\.description).joined(separator: "; ") + "."
            )
        }
        let open = Set(TrafficPath.allCases).subtracting(placement.covered)
        if !open.isEmpty, !placement.isEmpty {
            lines.append("Not caught is what goes " + open.sorted().map(\.description).joined(separator: "; ") + ".")
        }
        lines += placement.gaps.map { "Note: \($0)." }
        if !placement.isEmpty { lines += detours.map { "Note: \($0)." } }
        lines += consequences
        return lines.joined(separator: "\n")
    }

    private var consequences: [String] {
        var lines: [String] = []
        if !order.options.contains(.newOnly), !placement.isEmpty {
            lines.append("It stops at once, established connections among it, without telling either end.")
            if answersAreStopped {
                lines.append(
                    "Answers to connections that others opened from there are stopped, too, as no port is named."
                )
            }
        }
        if order.options.contains(.newOnly), !order.options.contains(.cut) {
            lines.append("What is established goes on.")
        }
        if cutCount == 0 {
            lines.append("None of \(seen) known flows would be cut.")
        } else {
            lines.append("Of \(seen) known flows \(cutCount) would be cut:")
            lines += cut.map { "  \($0.label) (\($0.packets) packets)" }
            if cutCount > cut.count { lines.append("  and \(cutCount - cut.count) more") }
        }
        return lines
    }

    /// Whether what the container answers is dropped, too.
    private var answersAreStopped: Bool {
        guard case .traffic(_, let traffic) = order.target else { return false }
        return traffic.ports.isEmpty
    }
}
