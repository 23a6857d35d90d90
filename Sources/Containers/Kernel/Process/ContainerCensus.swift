/// Which containers the processes of a scan are in, and which process of each was the first.
///
/// An identifier that is claimed at two places belongs to the one that fewer containers enclose: below its own control
/// group a container may make directories of any name, above it it may not. Processes at the other place count for what
/// encloses them.
package struct ContainerCensus {
    /// A container with processes in it.
    package struct Entry: Hashable, Sendable {
        package var container: CgroupContainer
        /// The one that started first, which is the container's own and not one let in later.
        package var process: Int32
        package var startTicks: UInt64
        /// That process's. Nil when it may not be read, and while a runtime is still about to make one.
        package var namespace: NetworkNamespace?
        /// Whether that process is still the runtime's, before the container's program takes its place: look again
        /// soon.
        package var isStarting: Bool
        package var processes: Int
        /// Whether it is in a group of the v2 hierarchy, and so has an identifier for sock_diag.
        package var isInUnified: Bool
    }

    private let hostNamespace: NetworkNamespace?
    private let limit: Int
    private var entries: [String: Entry] = [:]
    /// Processes of containers in containers: told apart at the end, when every claim is known.
    private var nested: [ProcessFacts] = []
    /// Whether there were more containers than the limit, or more processes in nested ones than four times that.
    package private(set) var isTruncated = false

    /// `hostNamespace` is the namespace a container starts from; what is still in it while it starts is not taken for
    /// its own.
    package init(hostNamespace: NetworkNamespace?, limit: Int = 16_384) {
        self.hostNamespace = hostNamespace
        self.limit = limit
    }

    /// Counts one process.
    package mutating func take(_ process: ProcessFacts) {
        guard let container = process.cgroups.container, !process.isZombie else { return }
        if container.enclosing.isEmpty {
            count(process, in: container)
        } else if nested.count < 4 * limit {
            nested.append(process)
        } else {
            isTruncated = true
        }
    }

    /// The containers, by identifier.
    package consuming func result() -> [Entry] {
        // Those that fewer containers enclose speak first.
        for process in nested.sorted(by: { Self.depth($0) < Self.depth($1) }) {
            guard let container = process.cgroups.container else { continue }
            if let holder = entries[container.identifier]?.container, holder.path != container.path {
                countForEnclosing(process, container.enclosing)
            } else {
                count(process, in: container)
            }
        }
        return entries.values.sorted { $0.container.identifier < $1.container.identifier }
    }

    private static func depth(_ process: ProcessFacts) -> Int { process.cgroups.container?.enclosing.count ?? 0 }

    private mutating func count(_ process: ProcessFacts, in container: CgroupContainer) {
        let isStarting = Self.isRuntime(process.name)
        let found = Entry(
            container: container,
            process: process.identifier,
            startTicks: process.startTicks,
            namespace: isStarting && process.namespace == hostNamespace ? nil : process.namespace,
            isStarting: isStarting,
            processes: 1,
            isInUnified: process.cgroups.isContainedInUnified
        )
        guard var entry = entries[container.identifier] else {
            if entries.count < limit { entries[container.identifier] = found } else { isTruncated = true }
            return
        }
        let count = entry.processes + 1
        // Started within the same hundredth of a second, the lower number was first, but where numbers begin anew.
        if (found.startTicks, found.process) < (entry.startTicks, entry.process) { entry = found }
        entry.processes = count
        entries[container.identifier] = entry
    }

    /// A process in a group that only calls itself a container's is one of the innermost real one.
    private mutating func countForEnclosing(_ process: ProcessFacts, _ enclosing: [String]) {
        for identifier in enclosing.reversed() where entries[identifier] != nil {
            entries[identifier]?.processes += 1
            return
        }
    }

    /// What runc and crun call themselves between entering the group and becoming the container's program.
    private static func isRuntime(_ name: String) -> Bool {
        name.hasPrefix("runc:[") || name == "runc" || name == "crun" || name == "exe"
    }
}
