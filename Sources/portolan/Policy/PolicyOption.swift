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

    /// The policy, all its feeds, and its baseline; what of them could not be read is told. Without a file nothing is declared.
    func standards() throws(Rejection) -> Standards {
        guard let file else { return Standards() }
        let declared = try DeclaredPolicy.read(.file(file), catalog: Detectors.catalog)
        return Standards(declared) { StandardError.say($0) }
    }
}
