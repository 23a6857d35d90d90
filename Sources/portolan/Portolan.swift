import ArgumentParser

/// The command: a name, and a file for each subcommand.
@main
struct Portolan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portolan",
        abstract: "See who talks to whom between containers: live connection graphs from captures, through every tunnel.",
        discussion: """
            Start with a capture you have:

              portolan replay -r capture.pcap             who talked to whom, in one screen
              portolan replay -r capture.pcap -o json     one JSON record a flow

            Exit status: 0 done, 1 failed, 2 nothing to read, 3 --fail-on was met, 64 usage.
            """,
        version: "portolan \(Self.version)",
        subcommands: [ReplayCommand.self]
    )

    static let version = "0.1.0"
}
