import ArgumentParser
import Monitor
import Records

/// `portolan block`: stop what a container sends.
struct BlockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block",
        abstract: "Stop what a container sends, for a time.",
        usage: """
            portolan block <container> --to <address> [<options>]
            portolan block <container> --quarantine [--allow <addresses>]... [<options>]
            portolan block --selector <kind>=<pattern>... [<options>]
            portolan block --address <address> [<options>]
            """,
        discussion: """
            Stops at the container's own device, in the kernel, whatever goes to an
            address, a block of addresses, a name or a port; or with --quarantine all it
            sends and is sent. What is established stops as well, unless --new-only is
            given. Shows first what that would do, and asks; --yes does not ask. A block
            ends by itself after an hour, or after --for. What is never blocked (gateways,
            resolvers, this host and more) is refused.

            Asks the agent of this host (portolan run), which keeps the block in force
            through restarts of the container and of itself.

            Examples:

              portolan block web --to 192.0.2.7 --for 10m --because "talks to a known C2"
              portolan block web --to 10.0.0.0/8 --protocol tcp --port 5432 --preview
              portolan block web --quarantine --allow 10.0.0.9 --yes
              portolan block --selector image=*/shop:* --protocol tcp --port 389 --yes
              portolan block --address 198.51.100.23 --for 1d
            """
    )

    @Argument(help: ArgumentHelp("A container's name, or the beginning of its identifier.", valueName: "container"))
    var container: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "All that match, also those that come later: label, image, name, namespace, pod, network, segment or cidr. Repeatable; all must hold.",
            valueName: "kind=pattern"
        )
    )
    var selector: [String] = []

    @Option(help: ArgumentHelp("An address outside, whoever talks with it.", valueName: "address"))
    var address: String?

    @OptionGroup(title: "What")
    var what: BlockWhatOptions

    @OptionGroup(title: "How")
    var how: BlockHowOptions

    @OptionGroup var agent: AgentSocketOption

    /// What is asked of the agent.
    var words: [(name: String, value: String)] {
        var words: [(name: String, value: String)] = []
        if let container { words.append(("container", container)) }
        words += selector.map { ("selector", $0) }
        if let address { words.append(("address", address)) }
        return words + what.words + how.words
    }

    func validate() throws {
        var wish: [String: [String]] = [:]
        for word in words { wish[word.name, default: []].append(word.value) }
        do throws(BlockWish.Mistake) {
            _ = try BlockWish(wish)
        } catch {
            throw ValidationError(error.description)
        }
        if how.preview, how.yes { throw ValidationError("--preview only shows: no --yes with it") }
    }

    func run() throws { throw ExitCode(BlockSession(self).run()) }
}

/// What is stopped.
struct BlockWhatOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where to: an address, a block of them, or a name, by what the container was answered for it.",
            valueName: "address"
        )
    )
    var to: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A port of the other end, or a range: 8000-8010. Repeatable.", valueName: "port")
    )
    var port: [String] = []

    @Option(help: ArgumentHelp("tcp, udp, sctp, icmp, ipv6-icmp, or a number.", valueName: "protocol"))
    var `protocol`: String?

    @Flag(help: "Everything, in both directions.")
    var quarantine = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("What a quarantine leaves open. Repeatable.", valueName: "addresses")
    )
    var allow: [String] = []

    var words: [(name: String, value: String)] {
        var words: [(name: String, value: String)] = []
        if let to { words.append(("to", to)) }
        words += port.map { ("port", $0) }
        if let `protocol` { words.append(("protocol", `protocol`)) }
        if quarantine { words.append(("quarantine", "true")) }
        return words + allow.map { ("allow", $0) }
    }
}

/// How, how long, and why.
struct BlockHowOptions: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long: 90s, 10m, 2h, 7d. By default an hour.", valueName: "time")
    )
    var duration: String?

    @Option(help: ArgumentHelp("Why, for whoever reads it next year.", valueName: "text"))
    var because: String?

    @Flag(help: "Also what the other end sends.")
    var both = false

    @Flag(help: "Only what begins: what is established goes on.")
    var newOnly = false

    @Flag(help: "Also end sockets and tracked connections that match.")
    var cut = false

    @Flag(help: "Only show what it would do.")
    var preview = false

    @Flag(name: [.customShort("y"), .long], help: "Do not ask.")
    var yes = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Text for people, or records for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    var words: [(name: String, value: String)] {
        var words: [(name: String, value: String)] = []
        if let duration { words.append(("for", duration)) }
        if let because { words.append(("because", because)) }
        if both { words.append(("both", "true")) }
        if newOnly { words.append(("new_only", "true")) }
        if cut { words.append(("cut", "true")) }
        return words
    }
}
