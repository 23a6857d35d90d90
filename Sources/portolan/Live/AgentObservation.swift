import HTTP
import Records

/// `portolan observe` of a running agent: what it remembers, and what it tells while it is followed.
struct AgentObservation {
    private let command: ObserveCommand
    private let filter: FlowFilter

    init(_ command: ObserveCommand, _ filter: FlowFilter) {
        self.command = command
        self.filter = filter
    }

    /// Whether an agent answers where one is to be.
    static func isThere(_ command: ObserveCommand) -> Bool { UnixSocket.connect(command.stored.agent.path) == 0 }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        let line = FlowLine(style: TextStyle(choice: command.color), resolvesNames: !command.numeric)
        var output = StandardOutput()
        var told = ToldOngoing(isStored: isStored, follows: follows)
        var hasFailed = false
        do {
            try AgentLines(command.stored.source, target: target).read { bytes in
                hasFailed = hasFailed || AgentRemark.isFailure(bytes)
                switch command.output {
                case .json:
                    output.write((bytes + [0x0a]).span)
                case .text:
                    if let text = try text(bytes, line, &told) { output.write(text) }
                }
                return output.failure == nil
            }
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.failed
        }
        return output.conclude() ?? (hasFailed ? ExitStatus.failed : ExitStatus.done)
    }

    private var isStored: Bool {
        let stored = command.stored
        return stored.since != nil || stored.until != nil || stored.last != nil || stored.memory.database != nil
    }

    private var follows: Bool { command.stored.follow || !isStored }

    private var target: String {
        var target = AgentTarget("/v1/flows")
        let stored = command.stored
        target.add("since", stored.since)
        target.add("until", stored.until)
        target.add("last", stored.last.map { "\($0)" })
        target.add("filter", filter.isEmpty ? nil : "\(filter)")
        target.add("follow", follows ? "true" : nil)
        target.add("events", "flows")
        return target.text
    }

    /// A line for people; nil for what is not worth one.
    private func text(_ bytes: [UInt8], _ line: FlowLine, _ told: inout ToldOngoing) throws -> String? {
        if let record = try? FlowRecord(reading: bytes.span) {
            return told.isNews(record.action, record.identifier) ? line.text(record) : nil
        }
        StandardError.say(AgentRemark.text(bytes, of: command.stored.source))
        return nil
    }
}
