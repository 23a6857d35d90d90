import ArgumentParser
import Glibc
import HTTP
import Monitor

/// `portolan panic`: let everything go, whatever state the agent is in.
struct PanicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "panic",
        abstract: "Let go of everything that is blocked, at once.",
        usage: "portolan panic [--yes] [<options>]",
        discussion: """
            Asks the agent to take all its tables away, and to block nothing by itself any
            more until it is started anew or reads its configuration. When it has not done
            so within a second it is ended, and the tables are taken away without it;
            without an agent, too. Nobody else's rules are touched.

            Asks before it does so on a terminal; --yes does not ask.

            Examples:

              portolan panic
              portolan panic --yes
            """
    )

    @Flag(name: [.customShort("y"), .long], help: "Do not ask.")
    var yes = false

    @Option(
        help: ArgumentHelp("The database of the agent, where it does not answer.", valueName: "path"),
        completion: .file()
    )
    var database: String?

    @OptionGroup var agent: AgentSocketOption

    func run() throws {
        if !yes {
            guard isatty(STDIN_FILENO) == 1 else {
                StandardError.say(
                    "without a terminal nobody can be asked: --yes says that it is meant; see portolan panic --help"
                )
                throw ExitCode(ExitStatus.usage)
            }
            guard Question.isAnsweredYes("Let go of everything that is blocked?") else {
                StandardError.say("nothing is changed")
                throw ExitCode(ExitStatus.failed)
            }
        }
        throw ExitCode(PanicSession(socket: agent.path, database: database ?? StandardFiles.database).run())
    }
}
