import ArgumentParser

/// `portolan run`: the agent, in the foreground.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Watch this host in the foreground, without a screen.",
        usage: "portolan run [-i <interface>]... [--journal <file>] [--socket <path>] [<options>]",
        discussion: """
            Captures on all interfaces of this host, or on those named with -i, follows
            its containers, and keeps at it until SIGINT or SIGTERM. Nothing goes to
            standard output; what a person should know goes to standard error. With
            --journal it writes down which container had which address, interface and
            socket, and when. With --socket it answers there, in HTTP, who talks to whom.

            Needs CAP_NET_RAW, CAP_NET_ADMIN, CAP_SYS_ADMIN and CAP_SYS_PTRACE;
            portolan doctor says what lacks.

            Examples:

              portolan run --journal journal.jsonl
              portolan run -i eth0 -i docker0
              portolan run --socket /run/portolan.sock &
              curl --unix-socket /run/portolan.sock http://localhost/v1/graph
            """
    )

    @Option(
        help: ArgumentHelp("Answer at this Unix socket: status, graph and containers, as JSON.", valueName: "path"),
        completion: .file()
    )
    var socket: String?

    @OptionGroup var live: LiveOptionsGroup

    func validate() throws {
        if socket == "" { throw ValidationError("--socket wants the path of a socket") }
    }

    func run() throws {
        Interrupt.watch()
        do {
            if let socket {
                try AgentSession(live, socket: socket).run()
            } else {
                _ = try LiveRun(live, settings: live.settings).run(into: RunReport())
            }
        } catch {
            StandardError.say("\(error)")
            throw ExitCode(LiveFailure.status(of: error))
        }
    }
}
