/// Makes one container out of what the kernel shows of it and what its runtime tells, in whichever order they come.
///
/// A plain value: what it is told goes in, changes for the journal come out, none where nothing is new. Only the kernel says
/// that a container runs or has ended; a runtime only describes. Bounded: containers that run, descriptions of those that do
/// not, and memories of those that ended have a limit each.
package struct Roster {
    private struct Running {
        var container: Container
        /// What the kernel showed; runtimes know better.
        var found: FoundContainer
    }

    private var running: [String: Running] = [:]
    /// By control group, to find who ended when it vanishes.
    private var cgroups: [String: String] = [:]
    /// What was told of containers that nobody has seen run.
    private var descriptions: Memory<ContainerDescription>
    /// The last run of those that ended, for its generation, for its description should it start again, and for news of it that
    /// comes late.
    private var ended: Memory<Container>
    private let limit: Int

    /// Containers that were found and not taken in, for want of room.
    package private(set) var refused: UInt64 = 0

    /// - Parameters:
    ///   - limit: the most containers that run; a further one is refused.
    ///   - memory: the most that are remembered of those that do not run, and of those that ended; the oldest goes first. What is
    ///     forgotten is told by its runtime again when it starts.
    package init(limit: Int = 16_384, memory: Int = 1024) {
        self.limit = max(1, limit)
        descriptions = Memory(limit: memory)
        ended = Memory(limit: memory)
    }

    /// How many run.
    package var count: Int { running.count }

    /// The container of that identifier that runs.
    package func container(_ identifier: String) -> Container? { running[identifier]?.container }

    /// The container that has a control group of this number and runs. Looks at all of them.
    package func container(ofGroup identifier: UInt64) -> Container? {
        running.values.first { $0.container.cgroupIdentifier == identifier }?.container
    }

    /// Everything that runs, by identifier.
    package var containers: [Container] { running.values.map(\.container).sorted { $0.key < $1.key } }

    /// Those that run in a network namespace, by identifier.
    package func containers(in namespace: NetworkNamespace) -> [Container] {
        running.values.filter { $0.container.namespace == namespace }.map(\.container).sorted { $0.key < $1.key }
    }

    /// The kernel shows a container, for the first time or again. What it does not show this time stays as it was.
    ///
    /// Another first process that began later is another run, also when nobody saw the one before it end.
    package mutating func found(_ found: FoundContainer) -> [JournalEntry.Change] {
        guard var known = running[found.identifier] else { return begin(found) }
        if found.isLaterRun(than: known.found) { return gone(found.identifier) + begin(found) }
        if let cgroup = found.cgroup, cgroup != known.found.cgroup {
            if let old = known.found.cgroup { cgroups[old] = nil }
            cgroups[cgroup] = found.identifier
        }
        known.found.merge(found)
        let before = known.container
        known.container.take(known.found)
        running[found.identifier] = known
        return known.container == before ? [] : [.container(known.container)]
    }

    /// A container has no process any more.
    package mutating func gone(_ identifier: String) -> [JournalEntry.Change] {
        guard let known = running.removeValue(forKey: identifier) else { return [] }
        if let cgroup = known.found.cgroup { cgroups[cgroup] = nil }
        ended[identifier] = known.container
        return [.containerEnded(known.container.key)]
    }

    /// A control group vanished; with it the container it was of, if it was one's.
    package mutating func gone(cgroup path: String) -> [JournalEntry.Change] {
        cgroups[path].map { gone($0) } ?? []
    }

    /// A runtime tells. That it cannot be reached takes nothing away from what it told before.
    package mutating func heard(_ report: RuntimeReport) -> [JournalEntry.Change] {
        switch report {
        case .connected, .unreachable: return []
        case .container(let identifier, let description): return describe(identifier, description)
        case .removed(let identifier):
            descriptions[identifier] = nil
            // Whatever is called so next is another, and not described by this; its run is the next one all the same.
            ended[identifier]?.description = ContainerDescription()
            return []
        }
    }

    private mutating func describe(_ identifier: String, _ news: ContainerDescription) -> [JournalEntry.Change] {
        if var known = running[identifier] {
            let before = known.container
            known.container.description.merge(news)
            running[identifier] = known
            return known.container == before ? [] : [.container(known.container)]
        }
        // A container can be over before its runtime has told of it.
        guard var late = ended[identifier] else {
            var description = descriptions[identifier] ?? ContainerDescription()
            description.merge(news)
            descriptions[identifier] = description
            return []
        }
        let before = late
        late.description.merge(news)
        ended[identifier] = late
        return late == before ? [] : [.container(late)]
    }

    private mutating func begin(_ found: FoundContainer) -> [JournalEntry.Change] {
        guard running.count < limit else {
            refused += 1
            return []
        }
        let last = ended[found.identifier]
        let generation = (last?.key.generation ?? 0) &+ 1
        var container = Container(key: ContainerKey(identifier: found.identifier, generation: max(1, generation)))
        if let last { container.description = last.description }
        if let description = descriptions[found.identifier] { container.description.merge(description) }
        container.take(found)
        descriptions[found.identifier] = nil
        running[found.identifier] = Running(container: container, found: found)
        if let cgroup = found.cgroup { cgroups[cgroup] = found.identifier }
        return [.container(container)]
    }
}
