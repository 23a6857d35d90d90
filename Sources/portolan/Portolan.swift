import ArgumentParser
import Glibc

/// The command: a name, and a file for each subcommand.
@main
struct Portolan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portolan",
        abstract: "See who talks to whom between containers, through every tunnel.",
        discussion: """
            Start with a capture you have:

              portolan tui -r capture.pcap               who talks to whom, as a chart
              portolan replay -r capture.pcap            the same as a summary
              portolan alerts -r capture.pcap            what is wrong in it
              portolan replay -r capture.pcap -o json    one JSON record a flow

            On a host with containers, as root:

              portolan doctor                            what this host lacks for it
              portolan containers                        who is here
              portolan observe                           flows as they happen, with names

            Exit status: 0 done, 1 failed, 2 nothing to read, 3 --fail-on was met,
            4 not permitted, 64 used wrongly.
            """,
        version: "portolan \(Self.version)",
        subcommands: [
            ReplayCommand.self, ScreenCommand.self, ObserveCommand.self, ContainersCommand.self, GraphCommand.self,
            AlertsCommand.self, BlockCommand.self, UnblockCommand.self, BlocksCommand.self, PanicCommand.self,
            CaseCommand.self,
            PolicyCommand.self, RecordCommand.self, ReportCommand.self, RunCommand.self, StatusCommand.self,
            DoctorCommand.self,
            ConfigCommand.self,
        ]
    )

    static let version = "0.1.0"

    /// As the protocol's own, but a mistake in the arguments is told in one line.
    static func main() {
        // A reader that leaves is told by EPIPE, not by the end of this process: messages have readers, too.
        signal(SIGPIPE, SIG_IGN)
        let command: any ParsableCommand
        do {
            command = try parseAsRoot(arguments)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            refuse(message(for: error))
        }
        do {
            try execute(command)
        } catch {
            exit(withError: error)
        }
    }

    /// Those of the process; where the command has filters, each of them is one word.
    private static var arguments: [String] {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let filtering: [any ParsableCommand.Type] = [
            ReplayCommand.self, ObserveCommand.self, ContainersCommand.self,
        ]
        let isFiltering = filtering.contains { $0.configuration.commandName == arguments.first }
        return isFiltering ? FilterArgument.marking(arguments) : arguments
    }

    private static func execute(_ command: some ParsableCommand) throws {
        var command = command
        try command.run()
    }

    private static func refuse(_ message: String) -> Never {
        var problem = message.split(separator: "\n").joined(separator: " ")
        while problem.hasSuffix(".") { problem.removeLast() }
        let name = CommandLine.arguments.dropFirst().first ?? ""
        let isSubcommand = configuration.subcommands.contains { $0.configuration.commandName == name }
        StandardError.say("\(problem); see portolan \(isSubcommand ? "\(name) " : "")--help")
        Glibc.exit(ExitStatus.usage)
    }
}
