import Addressing
import Containers
import HTTP
import Monitor
import Privilege
import Records
import Runtimes

/// One run of `portolan containers`.
struct ContainersSession {
    private let command: ContainersCommand
    private let filter: FlowFilter

    init(_ command: ContainersCommand) throws {
        self.command = command
        filter = try command.filters.filter
    }

    /// How long runtimes may take. What is not there costs nothing, and what answers does so in some hundredths of a second.
    private static var patience: Duration { .seconds(2) }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        let agent = command.agent
        let isAsked = agent.socket != nil || !command.labels.areGiven && UnixSocket.connect(agent.path) == 0
        return isAsked ? ask(agent.path) : look()
    }

    /// Lists what the agent at a socket says.
    private func ask(_ socket: String) -> Int32 {
        var target = AgentTarget("/v1/containers")
        target.add("all", command.all ? "true" : nil)
        do {
            let body = try AgentQuery(socket: socket).get(target.text)
            let told = try InventoryReader(reading: body.span)
            return tell(told.inventory, at: told.time ?? Clock.now)
        } catch let failure as AgentQuery.Failure {
            StandardError.say(failure.description)
            return failure.status
        } catch {
            StandardError.say("what the agent at \(socket) says cannot be read: \(error); is it of another version?")
            return ExitStatus.failed
        }
    }

    /// Looks at this host, and lists what is there.
    private func look() -> Int32 {
        let watch: HostWatch
        let privileged: PrivilegedThread
        let rights = InventoryRights()
        do {
            privileged = try PrivilegedThread()
            try PrivilegedThread.renounce()
            watch = try HostWatch(labels: command.labels.keys, privileged: privileged)
        } catch {
            StandardError.say("\(error)")
            return LiveFailure.status(of: error)
        }
        defer { privileged.end() }
        let sockets = RuntimeSocket.candidates(environment: RuntimeEnvironment.values)
        let inventory = watch.inventory(runtimes: sockets, within: Self.patience)
        if let lack = rights.lack { StandardError.say(lack) }
        for remark in watch.remarks.take() where !rights.explains(remark) { StandardError.say(remark) }
        return tell(inventory, at: Clock.now)
    }

    /// Writes what was asked for of an inventory.
    private func tell(_ inventory: Inventory, at time: Timestamp) -> Int32 {
        let selection = InventorySelection(names: command.names, filter: filter, showsAll: command.all)
        let isWhole = command.names.isEmpty && filter.isEmpty
        let failure = write(selection.select(from: inventory), at: time, isWhole: isWhole)
        let strangers = selection.strangers(to: inventory)
        for name in strangers { StandardError.say("no container here is called \(name)") }
        return failure ?? (strangers.isEmpty ? ExitStatus.done : ExitStatus.noInput)
    }

    /// Writes a selection; `isWhole` when that is everybody.
    private func write(_ inventory: Inventory, at time: Timestamp, isWhole: Bool) -> Int32? {
        var output = StandardOutput()
        switch command.output {
        case .text:
            let style = TextStyle(choice: command.color)
            let lines = InventoryTable(inventory, now: Clock.now).lines(style, width: TextStyle.terminalWidth)
            if lines.isEmpty, command.names.isEmpty {
                StandardError.say(isWhole ? "no container runs here" : "no container here matches the filters")
            }
            output.write(lines.map { $0 + "\n" }.joined())
        case .json:
            let showsHost = command.all && isWhole
            var writer = InventoryWriter(hostName: inventory.hostName, time: time)
            for place in inventory.namespaces {
                writer.write(allOf: place, showsHost: showsHost)
                writer.drain { output.write($0) }
            }
        }
        return output.conclude()
    }
}
