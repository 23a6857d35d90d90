import ArgumentParser

/// `portolan observe`: flows as they happen, with names on both ends.
struct ObserveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "observe",
        abstract: "Print flows as they happen, with the names of both ends.",
        usage: "portolan observe [-i <interface>]... [<options>] [<expression>]",
        discussion: """
            Prints a line when a flow begins and when it ends. A flow that passes several
            interfaces, a tunnel or NAT on its way is one flow.

            Where an agent runs (portolan run), it is asked, and with --since, --until or
            --last for what it remembers. Without one, or with -i or an expression, this
            command captures by itself, on all interfaces or on those named.

            Names come from the kernel (which interface leads to which container) and
            from the runtimes that answer. Needs CAP_NET_RAW, CAP_NET_ADMIN,
            CAP_SYS_ADMIN and CAP_SYS_PTRACE; portolan doctor says what lacks.

            The expression is a pcap-filter(7), applied by the kernel to frames as they
            pass. Filters choose among the flows, by either end, or from who began and
            to who was asked. Filters of one kind are alternatives; of every kind given
            one must hold. In names * stands for anything.

            Examples:

              portolan observe
              portolan observe -i docker0 -o json
              portolan observe --from-container 'web*' --not --port 53
              portolan observe --duration 10 'tcp port 443'
              portolan observe --since 10m --to-container db
              portolan observe --last 20 -f
            """
    )

    @OptionGroup var live: LiveOptionsGroup

    @OptionGroup var stored: StoredOptions

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Lines for people, or a record a line for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @Option(
        help: ArgumentHelp(
            "Flows as they begin and end, or all: also how they go on, sightings and what becomes of the host.",
            valueName: "kind"
        )
    )
    var events = EventChoice.flows

    @Flag(name: .customShort("n"), help: "Print addresses only, no names.")
    var numeric = false

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup(title: "Filters")
    var filters: FilterOptions

    @Argument(parsing: .remaining, help: ArgumentHelp("A pcap-filter(7) expression.", valueName: "expression"))
    var expression: [String] = []

    func validate() throws {
        if stored.areGiven, !live.isPlain || !expression.isEmpty {
            throw ValidationError("the agent captures as it was told to: no -i, no expression and the like with it")
        }
        if events == .all, output != .json { throw ValidationError("--events all goes with -o json") }
    }

    func run() throws {
        throw ExitCode(try ObserveSession(self).run())
    }
}
