import ArgumentParser
import Baseline
import Declarations
import Detection
import Policy

/// `portolan policy generate`: a baseline as rules for others.
struct PolicyGenerateCommand: ParsableCommand {
    /// What is written.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case policy, kubernetes, compose, nft
    }

    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write a baseline as a policy, or as rules for others.",
        usage: "portolan policy generate --baseline <file> [--form <form>] [--policy <file>]",
        discussion: """
            Writes what a baseline allows as a policy of ours, as NetworkPolicies of
            Kubernetes, as networks for Docker Compose, or as a ruleset for nft -f, with
            what was seen as comments. Nothing is loaded anywhere. With --policy the levels
            and trusted labels of that policy count.

            Examples:

              portolan policy generate --baseline baseline.yaml > policy.yaml
              portolan policy generate --baseline baseline.yaml --form nft > rules.nft
            """
    )

    @Option(
        help: ArgumentHelp("The baseline, as policy learn writes it.", valueName: "file"),
        completion: .file(extensions: ["yaml"])
    )
    var baseline: String

    @Option(help: ArgumentHelp("What to write.", valueName: "form"))
    var form = Form.policy

    @OptionGroup var policy: PolicyOption

    func run() throws {
        let learned: Baseline
        var declared = DeclaredPolicy()
        do {
            learned = try Baseline.read(baseline)
            if let file = policy.file { declared = try DeclaredPolicy.read(.file(file), catalog: Detectors.catalog) }
        } catch {
            throw ExitCode(error.tell())
        }
        var output = StandardOutput()
        switch form {
        case .policy: output.write(learned.policyText(for: declared))
        case .kubernetes: output.write(learned.networkPolicies)
        case .nft: output.write(learned.ruleset)
        case .compose:
            let files = learned.composeFiles
            if files.isEmpty { StandardError.say("no workload of this baseline is of a Compose project") }
            for file in files { output.write(file.text) }
        }
        if let failure = output.conclude() { throw ExitCode(failure) }
    }
}
