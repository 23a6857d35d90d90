import Addressing
import Containers
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
        let selection = InventorySelection(names: command.names, filter: filter, showsAll: command.all)
        let failure = write(selection.select(from: inventory), isWhole: command.names.isEmpty && filter.isEmpty)
        let strangers = selection.strangers(to: inventory)
        for name in strangers { StandardError.say("no container here is called \(name)") }
        return failure ?? (strangers.isEmpty ? ExitStatus.done : ExitStatus.noInput)
    }

    /// Writes what was asked for; `isWhole` when that is everybody.
    private func write(_ inventory: Inventory, isWhole: Bool) -> Int32? {
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
            var writer = InventoryWriter(hostName: inventory.hostName, time: Clock.now)
            for place in inventory.namespaces {
                writer.write(allOf: place, showsHost: showsHost)
                writer.drain { output.write($0) }
            }
        }
        return output.conclude()
    }
}
