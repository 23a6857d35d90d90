import ArgumentParser

/// `portolan run`: the agent, in the foreground.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Watch this host in the foreground, without a screen.",
        usage: "portolan run [-i <interface>]... [--journal <file>] [<options>]",
        discussion: """
            Captures on all interfaces of this host, or on those named with -i, follows
            its containers, and keeps at it until SIGINT or SIGTERM. Nothing goes to
            standard output; what a person should know goes to standard error. With
            --journal it writes down which container had which address, interface and
            socket, and when.

            Needs CAP_NET_RAW, CAP_NET_ADMIN, CAP_SYS_ADMIN and CAP_SYS_PTRACE;
            portolan doctor says what lacks.

            Examples:

              portolan run --journal journal.jsonl
              portolan run -i eth0 -i docker0
            """
    )

    @OptionGroup var live: LiveOptionsGroup

    func run() throws {
        Interrupt.watch()
        do {
            _ = try LiveRun(live, settings: live.settings).run(into: RunReport())
        } catch {
            StandardError.say("\(error)")
            throw ExitCode(LiveFailure.status(of: error))
        }
    }
}
