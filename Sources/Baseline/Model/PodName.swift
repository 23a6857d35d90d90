/// Names of pods as the controllers of Kubernetes make them: a deployment's `NAME-HASH-RANDOM`, a stateful set's `NAME-ORDINAL`, a daemon
/// set's or a job's `NAME-RANDOM`.
enum PodName {
    /// The name that all pods of the controller have in common; the whole name where none made it.
    static func base(of pod: String) -> String {
        var parts = pod.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last else { return pod }
        if isNumber(last) {
            parts.removeLast()
        } else if last.utf8.count == 5, isRandom(last) {
            parts.removeLast()
            if parts.count > 1, let hash = parts.last, isHash(hash) { parts.removeLast() }
        }
        return parts.joined(separator: "-")
    }

    private static func isNumber(_ text: Substring) -> Bool {
        1...10 ~= text.utf8.count && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }

    /// A pod template's hash, or the minute for which a cron job began.
    private static func isHash(_ text: Substring) -> Bool {
        6...10 ~= text.utf8.count && (isRandom(text) || isNumber(text))
    }

    /// Letters of which no words can be made. `SafeEncodeString` in apimachinery
    private static func isRandom(_ text: Substring) -> Bool {
        let letters = "bcdfghjklmnpqrstvwxz2456789".utf8
        return text.utf8.allSatisfy { letters.contains($0) }
    }
}
