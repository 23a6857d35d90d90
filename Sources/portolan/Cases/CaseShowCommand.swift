import ArgumentParser
import Monitor
import Records

/// `portolan case show`: all that is stored of a case.
struct CaseShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a case: who it was, whom it talked with, what was found and what was done.",
        usage: "portolan case show <number> [-o <format>] [<options>]",
        discussion: """
            With -o json a record a line: the case, each peer and service (case_peer),
            each alert, each block.

            Examples:

              portolan case show 3
              portolan case show 3 --database portolan.db
              portolan case show 3 -o json | jq -c .portolan.peer
            """
    )

    @Argument(help: ArgumentHelp("The number of a case.", valueName: "number"), transform: CaseNumber.parse)
    var number: UInt64

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Text for people, or records for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup var source: CaseSource

    func run() throws {
        do {
            let lines = try source.show(number)
            var standardOutput = StandardOutput()
            switch output {
            case .json: for line in lines { standardOutput.write((line + [0x0a]).span) }
            case .text:
                let told = ToldCase(lines)
                guard let record = told.record else {
                    let message =
                        lines.first.map { AgentRemark.text($0, of: source.stored) }
                        ?? "nothing is told of case \(number)"
                    throw CaseSource.Failure(message: message, status: ExitStatus.failed)
                }
                let text = CaseText(told, record, source, TextStyle(choice: color))
                standardOutput.write(text.lines(width: TextStyle.terminalWidth).map { $0 + "\n" }.joined())
            }
            if let failure = standardOutput.conclude() { throw ExitCode(failure) }
        } catch let failure as CaseSource.Failure {
            StandardError.say(failure.message)
            throw ExitCode(failure.status)
        }
    }
}
