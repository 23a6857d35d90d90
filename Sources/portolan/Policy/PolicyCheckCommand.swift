import ArgumentParser
import Configuration
import Declarations
import Detection
import Policy

/// `portolan policy check`: all that is wrong with a policy, and what abstains under it.
struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say all that is wrong with a policy, and what abstains under it.",
        usage: "portolan policy check [--policy <file> | --config <file>]",
        discussion: """
            Reads the policy of the configuration, or of --policy FILE, and the feeds that
            it names. Every mistake is a line on standard error, FILE:LINE:COLUMN: first;
            so is every line of a feed that cannot be read, of which the rest counts.

            Then it says which detectors abstain, as what they need is not declared.

            Examples:

              portolan policy check
              portolan policy check --policy policy.yaml

            Exit status: 0 good, 1 something is wrong, 2 a file cannot be read.
            """
    )

    @OptionGroup var policy: PolicyOption

    @OptionGroup var file: ConfigurationOption

    func validate() throws {
        if policy.file != nil, file.file != nil {
            throw ValidationError("a policy is checked with --policy FILE, that of a configuration with --config FILE")
        }
    }

    func run() throws {
        let files: [String]
        let declared: DeclaredPolicy
        do {
            if let path = policy.file {
                files = [path]
                declared = try DeclaredPolicy.read(.file(path), catalog: Detectors.catalog)
            } else {
                files = try Configuration.read(file.source).files
                declared = try DeclaredPolicy.read(.sections(files), catalog: Detectors.catalog)
            }
        } catch {
            throw ExitCode(error.tell())
        }
        let (feeds, reports) = FeedTables.load(declared.feeds)
        var output = StandardOutput()
        if files.isEmpty { output.write("\(Printable.text(file.source.path)): not there, so nothing is declared\n") }
        for file in files { output.write("\(Printable.text(file)): good\n") }
        for report in reports { output.write("\(Printable.text("\(report)"))\n") }
        if feeds.count > 0 { output.write("\(feeds.count) blocks and domains in all feeds\n") }
        for line in Detectors.abstentions(under: declared) { output.write("\(line)\n") }
        let problems = reports.flatMap(\.problems)
        for problem in problems { StandardError.write("\(Printable.text("\(problem)"))\n") }
        if let failure = output.conclude() { throw ExitCode(failure) }
        if !problems.isEmpty { throw ExitCode(ExitStatus.failed) }
    }
}
