import ArgumentParser
import Configuration
import Detection
import Policy
import Records

/// `portolan config check`: all that is wrong with the configuration, before an agent has to live with it.
struct ConfigCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say all that is wrong with the configuration.",
        usage: "portolan config check [--config <file>] [-o <format>]",
        discussion: """
            Reads the file and conf.d/*.yaml beside it as the agent would. Every problem
            is a line on standard error, FILE:LINE:COLUMN: first. Changes nothing, and
            asks no agent.

            Examples:

              portolan config check
              portolan config check --config portolan.yaml -o json

            Exit status: 0 good, 1 something is wrong, 2 a file cannot be read.
            """
    )

    @OptionGroup var file: ConfigurationOption

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Which files are good, or all that is in force as an object.", valueName: "format")
    )
    var output = OutputFormat.text

    func run() throws {
        let source = file.source
        let reading: ConfigurationReading
        do {
            reading = try Configuration.read(source)
            try reading.configuration.recording.check(of: source)
            _ = try DeclaredPolicy.read(.sections(reading.files), catalog: Detectors.catalog)
        } catch {
            throw ExitCode(error.tell())
        }
        var standardOutput = StandardOutput()
        switch output {
        case .text: standardOutput.write(text(reading, source))
        case .json: standardOutput.write(ConfigurationJSON.line(reading.configuration).bytes.span)
        }
        if let failure = standardOutput.conclude() { throw ExitCode(failure) }
    }

    private func text(_ reading: ConfigurationReading, _ source: ConfigurationSource) -> String {
        var text = ""
        if !reading.files.contains(source.path) {
            text += "\(Printable.text(source.path)): not there, so the defaults hold\n"
        }
        for file in reading.files { text += "\(Printable.text(file)): good\n" }
        return text
    }
}
