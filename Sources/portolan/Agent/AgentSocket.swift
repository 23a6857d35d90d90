import ArgumentParser
import Glibc

/// Where an agent answers.
struct AgentSocketOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the agent answers, instead of /run/portolan/portolan.sock or $XDG_RUNTIME_DIR/portolan.sock.",
            valueName: "path"
        ),
        completion: .file()
    )
    var socket: String?

    /// The path of the socket that is meant.
    var path: String { socket ?? Self.standard }

    /// For root the one of the service, for anybody else one of his own.
    private static var standard: String {
        let folder = unsafe getenv("XDG_RUNTIME_DIR").map { unsafe String(cString: $0) }
        return geteuid() == 0 || folder == nil ? "/run/portolan/portolan.sock" : "\(folder ?? "")/portolan.sock"
    }

    func validate() throws {
        if socket == "" { throw ValidationError("--socket wants the path of a socket") }
    }
}
