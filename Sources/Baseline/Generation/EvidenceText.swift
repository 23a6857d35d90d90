/// What was seen, in words for comments: names in them come from outside, and whoever writes a comment makes them plain.
enum EvidenceText {
    /// How much a baseline rests on, a line each.
    static func lines(_ baseline: Baseline) -> [String] {
        var lines = ["Made from \(baseline.conversations) conversations that were answered" + span(baseline) + "."]
        lines.append(loss(baseline.loss))
        if baseline.omitted > 0 {
            lines.append("\(baseline.omitted) conversations of workloads had no room and are missing.")
        }
        lines.append("What did not happen in that time is not allowed: look through it before you load it.")
        return lines
    }

    private static func span(_ baseline: Baseline) -> String {
        guard let span = baseline.span else { return "" }
        return " from \(MomentText.text(span.lowerBound)) to \(MomentText.text(span.upperBound))"
    }

    private static func loss(_ loss: CaptureLoss) -> String {
        let gaps = loss.gaps == 0 ? "" : loss.gaps == 1 ? " There was a gap." : " There were \(loss.gaps) gaps."
        guard let ratio = loss.ratio, let dropped = loss.dropped, let received = loss.received else {
            return "Whether the capture lost packets is not known." + gaps
        }
        let hundredths = Int((ratio * 10_000).rounded(.up))
        let percent = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        let all = received.addingReportingOverflow(dropped).partialValue
        return "The capture lost \(dropped) of \(all) packets (\(percent) %)." + gaps
    }

    /// Of a workload.
    static func line(_ profile: Profile, _ name: String) -> String {
        let missing = profile.lacks == Profile.Lacks() ? "" : "; more than there was room for, so that some is missing"
        return "\(name): \(profile.workload), \(words(profile.seen))\(missing)"
    }

    /// Of one thing.
    static func words(_ seen: Occurrence) -> String {
        let count = seen.count == 1 ? "once" : "\(seen.count) times"
        return seen.first == seen.last
            ? "\(count), \(MomentText.text(seen.first))"
            : "\(count), \(MomentText.text(seen.first)) to \(MomentText.text(seen.last))"
    }

    /// Of a call.
    static func line(_ peer: Profile.Peer, _ names: WorkloadNames) -> String {
        let place =
            if case .workload(let workload) = peer.exchange.place { names[workload] } else { "\(peer.exchange.place)" }
        return "\(place) \(peer.exchange.service): \(words(peer.seen))"
    }
}
