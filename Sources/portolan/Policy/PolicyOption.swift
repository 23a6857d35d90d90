import ArgumentParser
import Declarations
import Detection
import Policy

/// A policy for captures.
struct PolicyOption: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp(
            "Judge by this policy: a file of its own, or a configuration's section policy.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml"])
    )
    var file: String?

    func validate() throws {
        if file == "" { throw ValidationError("--policy wants the name of a file") }
    }

    /// The policy, and all its feeds; what of them could not be read is told. Without a file nothing is declared.
    func compiled() throws(Rejection) -> CompiledPolicy {
        guard let file else { return CompiledPolicy(DeclaredPolicy()) }
        return CompiledPolicy.loading(try DeclaredPolicy.read(.file(file), catalog: Detectors.catalog)) {
            StandardError.say($0)
        }
    }
}

extension CompiledPolicy {
    /// Reads the feeds of a policy; what of them could not be read is told, a line each.
    static func loading(_ policy: DeclaredPolicy, tell: (String) -> Void) -> CompiledPolicy {
        let (feeds, reports) = FeedTables.load(policy.feeds)
        for report in reports where !report.problems.isEmpty || report.omitted > 0 || report.isCut {
            for problem in report.problems { tell(Printable.text("\(problem)")) }
            tell(Printable.text("feed \(report)"))
        }
        return CompiledPolicy(policy, feeds: feeds)
    }
}
