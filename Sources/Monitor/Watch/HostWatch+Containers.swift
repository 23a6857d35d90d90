import Addressing
import Containers
import Netlink

/// Containers, from control groups and processes.
extension HostWatch {
    /// Begins to watch the trees of control groups that containers are in.
    func openGroups() {
        do throws(KernelFileError) {
            let hierarchies = try CgroupHierarchies(root: places.proc)
            var memberships: [CgroupMembership] = []
            var scan = ProcessScan(root: places.proc)
            _ = try scan.run { memberships.append($0.cgroups) }
            for hierarchy in hierarchies.watched(seen: memberships) {
                let tree = try CgroupTree(hierarchy)
                groups.append(tree)
                var found: [CgroupEvent] = []
                tree.watch.rescan { found.append($0) }
                for event in found { take(event, of: tree) }
            }
        } catch {
            remark("\(error): containers are found by looking through all processes every 30 s only")
        }
    }

    func receiveGroupEvents() {
        for tree in groups {
            var events: [CgroupEvent] = []
            do throws(KernelFileError) {
                while try tree.watch.receive({ events.append($0) }) {}
            } catch {
                remark("\(error)")
            }
            for event in events { take(event, of: tree) }
        }
    }

    private func take(_ event: CgroupEvent, of tree: CgroupTree) {
        let now = Clock.steady
        switch event {
        case .appeared(let path), .populated(let path):
            guard let container = path.container, let directory = tree.hierarchy.directory(of: container.path) else {
                return
            }
            if pending[container.path] != nil {
                pending[container.path]?.hurry(at: now)
            } else if pending.count < PendingContainer.limit {
                pending[container.path] = PendingContainer(
                    container,
                    directory: directory,
                    cgroupIdentifier: identifier(ofGroup: container.path),
                    at: now
                )
            }
        case .emptied(let path), .vanished(let path):
            guard let container = path.container else { return }
            if case .vanished = event { pending[container.path] = nil }
            // Below a container's own directory others come and go.
            if path.path == container.path { tell(roster.gone(cgroup: container.path)) }
        case .overflow: remark("control groups changed faster than could be read; looked at all of them anew")
        case .full: remark("there are more control groups than can be watched; others are found every 30 s only")
        }
    }

    /// Looks whether containers that were made meanwhile have processes in a namespace of their own.
    func lookAtPending(now: Timestamp) {
        for (path, container) in pending where container.due <= now {
            if settle(container, now: now) {
                pending[path] = nil
            } else {
                pending[path]?.wait(from: now)
            }
        }
    }

    /// Returns whether nothing more is to be expected of it.
    private func settle(_ waiting: PendingContainer, now: Timestamp) -> Bool {
        var first: ProcessFacts?
        for identifier in CgroupProcesses.identifiers(in: waiting.directory, limit: 64) {
            guard let facts = facts(of: identifier), !facts.isZombie, !facts.isPassing else { continue }
            if first.map({ facts.startTicks < $0.startTicks }) ?? true { first = facts }
        }
        guard let first else { return false }
        // Without a namespace: it may not be read.
        let namespace = first.namespace ?? home
        let isSetUp = namespace == home ? !first.isBeingSetUp : learn(namespace, path: path(of: first))
        if !isSetUp, now < waiting.since.adding(PendingContainer.setUpTime) { return false }
        take(first, waiting.container, cgroupIdentifier: waiting.cgroupIdentifier)
        return true
    }

    private func path(of process: ProcessFacts) -> String { "\(places.proc)/\(process.identifier)/ns/net" }

    private func facts(of identifier: Int32) -> ProcessFacts? {
        do throws(KernelFileError) {
            var files = try ProcessFiles(identifier, root: places.proc)
            return try files.facts()
        } catch {
            if error.isDenied { remark("\(error): containers' namespaces are not known; CAP_SYS_PTRACE is needed") }
            return nil
        }
    }

    private func take(_ facts: ProcessFacts, _ container: CgroupContainer, cgroupIdentifier: UInt64?) {
        if let namespace = facts.namespace {
            learn(namespace, path: path(of: facts))
        } else {
            remark("network namespaces of containers may not be read: CAP_SYS_PTRACE is needed")
        }
        var found = FoundContainer(identifier: container.identifier)
        found.runtime = container.runtime
        found.podIdentifier = container.podIdentifier
        found.cgroup = container.path
        found.cgroupIdentifier = cgroupIdentifier
        found.process = facts.identifier
        found.started = (try? ProcessClock(root: places.proc)).map { facts.started(by: $0) }
        found.namespace = facts.namespace
        tell(roster.found(found))
        if roster.container(container.identifier)?.description.wantsBundle ?? true {
            undescribed.expect(found, process: facts.identifier, at: Clock.steady)
        }
        if found.isOfPod { for runtime in runtimes { runtime.expect(found.identifier) } }
        if let namespace = facts.namespace { listeners.expect(namespace, at: Clock.steady) }
    }

    /// Looks through all processes and mounts.
    func sweep() {
        swept = Clock.steady
        do throws(KernelFileError) {
            var processes: [ProcessFacts] = []
            var scan = ProcessScan(root: places.proc)
            _ = try scan.run { processes.append($0) }
            for process in processes where !process.isZombie {
                guard let container = process.cgroups.container, roster.container(container.identifier) == nil,
                    pending[container.path] == nil, process.namespace != home || !process.isBeingSetUp,
                    !process.isPassing
                else { continue }
                take(process, container, cgroupIdentifier: identifier(ofGroup: container.path))
            }
            let result = NamespaceFinder(root: places.proc).find(processes)
            for path in result.passedOver { remark("\(path) is no network namespace; passed over") }
            for found in result.namespaces where found.namespace != home { learn(found.namespace, path: found.path) }
            if !routeEvents.hearsAllNamespaces { resynchronize() }
        } catch {
            remark("\(error)")
        }
    }
}

extension ProcessFacts {
    /// Whether it is the runtime's own, about to enter the namespaces of the container and to become its program.
    fileprivate var isBeingSetUp: Bool {
        name.hasPrefix("runc") || name.hasPrefix("crun") || name.hasPrefix("exe")
    }

    /// Whether it makes the namespaces and the container's first process, and then ends: two of the three that runc begins with.
    fileprivate var isPassing: Bool { name == "runc:[0:PARENT]" || name == "runc:[1:CHILD]" }
}
