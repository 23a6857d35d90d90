import ArgumentParser
import Containers
import HTTP
import Records

/// `portolan case release`: lets go of cases.
struct CaseReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let go of cases: what is kept of them is forgotten, in steps.",
        usage: "portolan case release <number>... [<options>]",
        discussion: """
            What a case kept past its time goes, unless another case keeps it, and the
            packets that were recorded for it. What is younger goes when its time is over.
            That it was let go, by whom and when, is in the audit.

            Only root and whoever runs the agent may. Copy first what you want to keep:
            the database, and the folder that portolan case show names.

            Examples:

              portolan case release 3
            """
    )

    @Argument(help: ArgumentHelp("The number of a case.", valueName: "number"), transform: CaseNumber.parse)
    var numbers: [UInt64]

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Text for people, or records for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @OptionGroup var agent: AgentSocketOption

    func run() throws {
        var status = ExitStatus.done
        var standardOutput = StandardOutput()
        for number in numbers {
            do {
                let body = try AgentAct(socket: agent.path).ask(.post, "/v1/cases/\(number)/release")
                switch output {
                case .json: standardOutput.write(body.span)
                case .text:
                    let line = body.split(separator: 0x0a).first.map(Array.init) ?? []
                    if let record = try? CaseRecord(reading: line.span) {
                        standardOutput.write("case \(number) of \(Printable.text(record.container.label)) is let go\n")
                    }
                }
            } catch let refusal as AgentAct.Refusal {
                StandardError.say(refusal.description)
                status = refusal.status
            }
        }
        if let failure = standardOutput.conclude() { throw ExitCode(failure) }
        if status != ExitStatus.done { throw ExitCode(status) }
    }
}
