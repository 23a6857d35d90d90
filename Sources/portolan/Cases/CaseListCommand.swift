import ArgumentParser
import Monitor
import Records

/// `portolan case list`: which cases there are.
struct CaseListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List cases, the newest first.",
        usage: "portolan case [list] [--all] [-o <format>] [<options>]",
        discussion: """
            Asks the agent of this host, or reads a database without one. With --all also
            those that were let go.

            Examples:

              portolan case
              portolan case list --all -o json | jq .portolan.case
              portolan case list --database portolan.db
            """
    )

    @Flag(help: "Also those that were let go.")
    var all = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("A table for people, or records for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup var source: CaseSource

    func run() throws {
        do {
            let lines = try source.list(isAll: all)
            var standardOutput = StandardOutput()
            switch output {
            case .json: for line in lines { standardOutput.write((line + [0x0a]).span) }
            case .text:
                var records: [CaseRecord] = []
                for line in lines {
                    guard let record = try? CaseRecord(reading: line.span) else {
                        StandardError.say(AgentRemark.text(line, of: source.stored))
                        continue
                    }
                    records.append(record)
                }
                let table = CaseTable(records, now: Clock.now)
                let text = table.lines(TextStyle(choice: color), width: TextStyle.terminalWidth)
                standardOutput.write(text.map { $0 + "\n" }.joined())
            }
            if let failure = standardOutput.conclude() { throw ExitCode(failure) }
        } catch let failure as CaseSource.Failure {
            StandardError.say(failure.message)
            throw ExitCode(failure.status)
        }
    }
}
