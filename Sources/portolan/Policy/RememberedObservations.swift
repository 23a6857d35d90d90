import Addressing
import Agent
import Baseline
import Containers
import Detection
import Evidence
import Flows
import Monitor
import Pipeline
import Records

/// What an agent remembers, or its database has, in the order in which it teaches: conversations as they ended, then what became so of
/// the host, and last of which times something is missing.
struct RememberedObservations {
    private let source: StoredSource
    private let since: String?
    private let until: String?
    private let teaches: Bool

    /// `teaches`: whether more is wanted than conversations.
    init(_ options: ObservedOptions, teaches: Bool) {
        source = options.source
        since = options.since
        until = options.until
        self.teaches = teaches
    }

    /// Throws what is wrong with the agent or the database.
    func read(_ take: (Lesson) -> Void) throws -> CaptureLoss {
        var loss = CaptureLoss()
        var twins = ToldTwins()
        try lines("/v1/flows", since: since ?? Self.beginning) { line in
            guard let record = try FlowRecord(reading: line.span) else { return false }
            guard record.action == .ended, record.endReason != .joined, !twins.repeats(record) else { return true }
            take(.conversation(BaselineObservation(record)))
            if teaches, let lookup = BaselineLookup(record) { take(.lookup(lookup)) }
            return true
        }
        guard teaches else { return loss }
        try readJournal(take)
        try lines("/v1/gaps", since: since) { line in
            guard ReportGap(line) != nil else { return false }
            loss.gaps += 1
            return true
        }
        return loss
    }

    /// The beginning of all times: all there is.
    private static var beginning: String { "1970-01-01T00:00:00Z" }

    /// Who is there at the beginning was told before it.
    private func readJournal(_ take: (Lesson) -> Void) throws {
        var beginning = since.flatMap { AskedTime.parse($0, now: Clock.now) }
        var reader = JournalReader()
        try lines("/v1/journal", since: since, isWhole: since != nil) { line in
            let whole = line + [0x0a]
            try reader.read(whole.span) { entry in
                if let start = beginning {
                    if entry.time < start { return take(.earlier(entry)) }
                    take(.beginning(start))
                    beginning = nil
                }
                take(.entry(entry))
            }
            return true
        }
        if let beginning { take(.beginning(beginning)) }
    }

    /// Hands over each line; one that `take` does not know says why nothing more comes.
    private func lines(
        _ path: String,
        since: String?,
        isWhole: Bool = false,
        _ take: ([UInt8]) throws -> Bool
    ) throws {
        var target = AgentTarget(path)
        target.add("since", since)
        target.add("until", until)
        if isWhole { target.add("whole", "true") }
        try AgentLines(source, target: target.text).read { line in
            if line.isEmpty { return true }
            guard try !AgentRemark.isFailure(line) && take(line) else {
                throw AgentQuery.Failure(description: AgentRemark.text(line, of: source))
            }
            return true
        }
    }
}
