import ArgumentParser

/// `portolan containers`: who is here, and where.
struct ContainersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "containers",
        abstract: "List the containers here, with their addresses and listening sockets.",
        usage: "portolan containers [<options>] [<name>]...",
        discussion: """
            Lists the containers that run on this host: who they are, their addresses
            and the network behind each, the sockets they listen on with the process
            that holds them, and the ports of the host that lead to them. Containers
            that share a network namespace stand together, below its owner.

            Where an agent runs (portolan run), it is asked, which needs no rights but
            to its socket. Without one, or with --owner-label or --role-label, of which
            an agent has its own, this command looks once by itself.

            What a container is comes from the kernel; names, images and labels come
            from the runtimes that answer. To look at everything by itself it needs
            CAP_NET_ADMIN, CAP_SYS_ADMIN and CAP_SYS_PTRACE; without them it shows what
            it can.

            With names it lists those containers only: a name, a pod, or twelve or more
            digits of an identifier. Filters of one kind are alternatives; of every
            kind given one must hold. In names * stands for anything.

            Examples:

              portolan containers
              portolan containers web 'db-*'
              portolan containers --image 'nginx*' --not --namespace kube-system
              portolan containers --all -o json
            """
    )

    @Flag(help: "Also list network namespaces nobody is in, and the host itself.")
    var all = false

    @OptionGroup var labels: LabelOptionsGroup

    @OptionGroup var agent: AgentSocketOption

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("A table for people, or a record a line for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup(title: "Filters")
    var filters: InventoryFilterOptions

    @Argument(help: ArgumentHelp("Containers to list; without, all.", valueName: "name"))
    var names: [String] = []

    func validate() throws {
        if names.contains("") { throw ValidationError("a container has a name") }
        if agent.socket != nil, labels.areGiven {
            throw ValidationError("the agent has labels of its own: no --owner-label and no --role-label with --socket")
        }
    }

    func run() throws {
        throw ExitCode(try ContainersSession(self).run())
    }
}
