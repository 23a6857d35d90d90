import ArgumentParser
import HTTP
import Monitor

/// `portolan unblock`: let go of blocks.
struct UnblockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unblock",
        abstract: "Let go of a block, or take back what was done last.",
        usage: """
            portolan unblock <number>... [<options>]
            portolan unblock --undo [<options>]
            """,
        discussion: """
            Lets go of blocks by their numbers, as portolan blocks lists them. --undo
            takes back the last thing a person did, one step: what was blocked is let go,
            what was let go holds again.

            Without a running agent the kernel is told itself.

            Examples:

              portolan unblock 17
              portolan unblock --undo
            """
    )

    @Argument(help: ArgumentHelp("The number of a block.", valueName: "number"))
    var numbers: [String] = []

    @Flag(help: "Take back what a person did last.")
    var undo = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Text for people, or records for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @OptionGroup var agent: AgentSocketOption

    func validate() throws {
        if undo != numbers.isEmpty {
            throw ValidationError("say which: the number of a block, or --undo, and not both")
        }
        for number in numbers where Self.number(number) == nil {
            throw ValidationError("a block has a number from 1 on, not \(Printable.text(number))")
        }
    }

    /// As `17` or `#17`.
    static func number(_ text: String) -> UInt64? {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        return UInt64(digits).flatMap { $0 > 0 ? $0 : nil }
    }

    func run() throws {
        if agent.socket == nil, UnixSocket.connect(agent.path) != 0 {
            guard !undo else {
                StandardError.say("no agent answers at \(agent.path), and only it knows what was done last")
                throw ExitCode(ExitStatus.failed)
            }
            throw ExitCode(LonelyKernel().release(numbers.compactMap(Self.number)))
        }
        var status = ExitStatus.done
        let act = AgentAct(socket: agent.path)
        let targets: [(HTTPClient.Method, String)] =
            undo
            ? [(.post, "/v1/blocks/undo")] : numbers.compactMap(Self.number).map { (.delete, "/v1/blocks/\($0)") }
        for (method, target) in targets {
            do {
                let failure = ToldBlocks.tell(try act.ask(method, target), output)
                if failure != ExitStatus.done { throw ExitCode(failure) }
            } catch let refusal as AgentAct.Refusal {
                StandardError.say(refusal.description)
                status = refusal.status
            }
        }
        if status != ExitStatus.done { throw ExitCode(status) }
    }
}
