import Records

/// `portolan alerts` of a running agent: what it found, and what it finds while it is followed.
struct AgentAlerts {
    private let command: AlertsCommand

    init(_ command: AlertsCommand) { self.command = command }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        var output = StandardOutput()
        let line = AlertLine(style: TextStyle(choice: command.color))
        var (isQuiet, hasFailed) = (true, false)
        do {
            try AgentLines(command.stored.source, target: target).read { bytes in
                guard let record = try? AlertRecord(reading: bytes.span) else {
                    hasFailed = hasFailed || AgentRemark.isFailure(bytes)
                    StandardError.say(AgentRemark.text(bytes, of: command.stored.source))
                    return output.failure == nil
                }
                isQuiet = false
                switch command.output {
                case .json: output.write((bytes + [0x0a]).span)
                case .text: output.write(line.text(record))
                }
                return output.failure == nil
            }
        } catch let failure as AgentQuery.Failure {
            StandardError.say("\(failure)")
            return failure.status
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.failed
        }
        if command.output == .text, isQuiet, !hasFailed, !command.stored.follow { output.write("nothing found\n") }
        return output.conclude() ?? (hasFailed ? ExitStatus.failed : ExitStatus.done)
    }

    private var target: String {
        var target = AgentTarget("/v1/alerts")
        let stored = command.stored
        target.add("since", stored.since)
        target.add("until", stored.until)
        target.add("last", stored.last.map { "\($0)" })
        target.add("severity", command.choice.severity)
        target.add("rule", command.choice.rule)
        target.add("follow", stored.follow ? "true" : nil)
        return target.text
    }
}
