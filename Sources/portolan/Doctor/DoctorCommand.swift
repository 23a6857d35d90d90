import ArgumentParser
import Records

/// `portolan doctor`: what this host lacks, what that costs, and what mends it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this host lacks, and the command that mends it.",
        usage: "portolan doctor [<options>]",
        discussion: """
            Looks at what capturing and watching containers takes: capabilities, kernel
            features, the runtimes' sockets. Of what is not there it says what that
            costs, and what mends it. Changes nothing.

            Exit status: 0 all that is needed is there, 1 something is missing.
            """
    )

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Text for people, or a check a line for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    func run() throws {
        let facts = HostFacts.gathered()
        let diagnosis = Diagnosis(facts)
        var standardOutput = StandardOutput()
        switch output {
        case .text:
            let text = DoctorText(style: TextStyle(choice: color))
            standardOutput.write(text.text(diagnosis.checks, release: facts.kernelRelease))
        case .json:
            standardOutput.write(DoctorRecords.lines(diagnosis.checks).bytes.span)
        }
        if let status = standardOutput.conclude(), status != ExitStatus.done { throw ExitCode(status) }
        throw ExitCode(diagnosis.isFit ? ExitStatus.done : ExitStatus.failed)
    }
}
