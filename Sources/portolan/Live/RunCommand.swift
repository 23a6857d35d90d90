import ArgumentParser
import Configuration

/// `portolan run`: the agent.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Watch this host, remember, and answer: the agent.",
        usage: "portolan run [--config <file>] [-i <interface>]... [<options>]",
        discussion: """
            Captures on all interfaces of this host, or on those named with -i, follows
            its containers, remembers flows and who was who in a database, and answers at
            a Unix socket, in HTTP: portolan status, graph and observe ask there, and curl
            does. Options go before what the configuration says. It keeps at it until
            SIGINT or SIGTERM; SIGHUP makes it read its configuration anew. Nothing goes
            to standard output; what a person should know goes to standard error, or to
            the journal of systemd.

            Needs CAP_NET_RAW, CAP_NET_ADMIN, CAP_SYS_ADMIN and CAP_SYS_PTRACE;
            portolan doctor says what lacks.

            Examples:

              portolan run
              portolan run -i eth0 -i docker0 --database none
              portolan run --socket /run/portolan.sock --database /tmp/flows.db
              curl --unix-socket /run/portolan.sock http://localhost/v1/graph
            """
    )

    @OptionGroup var agent: AgentOptions

    @OptionGroup var live: LiveOptionsGroup

    func run() throws {
        AgentMemory.keepSmall()
        Interrupt.watch()
        Interrupt.watchReload()
        do {
            try AgentSession(live, agent).run()
        } catch let rejection as ConfigurationRejection {
            throw ExitCode(rejection.tell())
        } catch {
            StandardError.say("\(error)")
            throw ExitCode(LiveFailure.status(of: error))
        }
    }
}
