import Addressing
import Containers
import Netlink
import Privilege
import Synchronization

/// Whose the sockets of connections are: the kernel is asked for each, and the processes are looked for.
extension HostWatch {
    /// Answers what the pipeline has asked, as far as it can be answered now. On the privileged thread.
    func answerQuestions(now: Timestamp) {
        let questions = questions.take()
        if questions.isEmpty, sockets.wanted.isEmpty { return }
        var byNamespace: [NetworkNamespace: [SocketQuestion]] = [:]
        var refused: [SocketQuestion] = []
        for question in questions {
            if sockets.wanted.count < SocketSearch.limit, budget.admits(question, home: home, at: now) {
                byNamespace[question.key.namespace, default: []].append(question)
            } else {
                refused.append(question)
            }
        }
        if !refused.isEmpty {
            unasked.add(UInt64(refused.count), ordering: .relaxed)
            giveUp(refused)
            remark("more connections began at a time than sockets are asked for; processes of some are not known")
        }
        for (namespace, asked) in byNamespace { ask(asked, in: namespace, now: now) }
        guess()
        tellFound(now: now)
        scan(now: now)
        tellFound(now: now)
    }

    private func giveUp(_ questions: [SocketQuestion]) { unanswered.put(questions) }

    /// Asks the kernel for sockets of one namespace, a message each.
    private func ask(_ questions: [SocketQuestion], in namespace: NetworkNamespace, now: Timestamp) {
        var found: [SocketSearch.Wanted] = []
        var missing: [SocketQuestion] = []
        do {
            let look = { () throws(NetlinkError) in
                var socket = try NetlinkSocket(.socketDiagnostics)
                for question in questions {
                    if let wanted = try Self.find(question, with: &socket, now: now) {
                        found.append(wanted)
                    } else {
                        missing.append(question)
                    }
                }
            }
            if namespace == home {
                try look()
            } else if let path = namespaces[namespace]?.path {
                let file = try NamespaceFile(path: path)
                guard file.inode == namespace.inode else { return giveUp(questions) }
                try privileged.within(file) { try look() }
            } else {
                return giveUp(questions)
            }
        } catch let error as NetlinkError {
            remark("\(error): processes that begin connections are not known")
        } catch {
            // The namespace is gone.
        }
        sockets.wanted += found
        // What was not come to, too.
        let answered = Set(found.map(\.question.key))
        giveUp(questions.filter { !answered.contains($0.key) })
    }

    private static func find(
        _ question: SocketQuestion,
        with socket: inout NetlinkSocket,
        now: Timestamp
    ) throws(NetlinkError) -> SocketSearch.Wanted? {
        guard let transport = SocketProtocol(rawValue: question.key.protocolNumber) else { return nil }
        let local = SocketEnd(address: question.key.local.address, port: question.key.local.port)
        let remote = SocketEnd(address: question.key.remote.address, port: question.key.remote.port)
        let messages =
            question.isServer
            ? [try socket.receiver(transport, local: local, remote: remote)].compactMap { $0 }
            : try socket.senders(transport, local: local, remote: remote)
        guard let first = messages.first else { return nil }
        let cgroup = messages.allSatisfy { $0.cgroup == first.cgroup } ? first.cgroup : nil
        // 0 is a socket that its process has let go of already.
        let inodes = Set(messages.map { UInt64($0.inode) }.filter { $0 != 0 })
        if inodes.isEmpty, cgroup == nil { return nil }
        return SocketSearch.Wanted(question: question, inodes: inodes, cgroup: cgroup, since: now)
    }

    /// Looks among those that are likely.
    private func guess() {
        var byGroup: [UInt64?: Set<UInt64>] = [:]
        var listening: [UInt64?: [Int32]] = [:]
        for wanted in sockets.wanted where !wanted.isGuessed && !wanted.isFound {
            byGroup[wanted.cgroup, default: []].formUnion(wanted.inodes)
            guard listening[wanted.cgroup] == nil else { continue }
            let own = wanted.cgroup.map { containersGroup($0) }
            listening[wanted.cgroup] = listeners.known(wanted.question.key.namespace)
                .filter { $0.cgroupIdentifier == own }.compactMap { $0.process?.identifier }
        }
        for (group, inodes) in byGroup {
            let likely = sockets.recent(of: group) + Set(listening[group] ?? []).sorted().prefix(64)
            var holders = SocketOwners.find(inodes, in: likely, root: places.proc).owners
            if holders.count < inodes.count, let group {
                let left = inodes.subtracting(holders.keys)
                let owners = SocketOwners.find(left, in: members(of: group), root: places.proc).owners
                holders.merge(owners) { first, _ in first }
            }
            note(holders)
        }
        for index in sockets.wanted.indices { sockets.wanted[index].isGuessed = true }
    }

    /// The processes of a control group, where they are few and the kernel tells which group it is.
    private func members(of group: UInt64) -> [Int32] {
        guard let path = path(ofGroup: group), let directory = unified?.directory(of: path.path) else { return [] }
        let members = CgroupProcesses.identifiers(in: directory, limit: 257, depth: 1)
        return members.count > 256 ? [] : members
    }

    /// Looks among all processes of the namespaces in question, if that is not too soon.
    private func scan(now: Timestamp) {
        guard sockets.wanted.contains(where: { !$0.isFound }), sockets.mayScan(at: now) else { return }
        let before = Clock.steady
        let holders = SocketHolders(root: places.proc)
        var byNamespace: [NetworkNamespace: Set<UInt64>] = [:]
        for wanted in sockets.wanted where !wanted.isFound {
            byNamespace[wanted.question.key.namespace, default: []].formUnion(wanted.inodes)
        }
        for (namespace, inodes) in byNamespace {
            let result = SocketOwners.find(inodes, in: holders.processes(in: namespace), root: places.proc)
            if result.denied > 0 { remark("open files of processes may not be read: CAP_SYS_PTRACE is needed") }
            note(result.owners)
        }
        sockets.noteScanned()
        let after = Clock.steady
        sockets.noteScan(took: max(0, after.nanoseconds &- before.nanoseconds), at: after)
    }

    private func note(_ holders: [UInt64: SocketProcess]) {
        if holders.isEmpty { return }
        for index in sockets.wanted.indices {
            for inode in sockets.wanted[index].inodes {
                guard let holder = holders[inode] else { continue }
                sockets.wanted[index].holders[inode] = holder
                sockets.remember(holder.identifier, of: sockets.wanted[index].cgroup)
            }
        }
    }

    /// Leaves what is known: all of it, or of a process that is still looked for its control group.
    private func tellFound(now: Timestamp) {
        var told: [ConnectionSocket] = []
        var over: [SocketQuestion] = []
        for done in sockets.takeDone(at: now) {
            let process = done.process
            switch container(of: done, process) {
            case .pending where now.nanoseconds &- done.since.nanoseconds < SocketSearch.patience:
                // About to be known: without it this would be taken for a process of the host.
                sockets.keep(done, at: now)
            case .pending, .undecided: over.append(done.question)
            case .known(let container):
                if process != nil || done.cgroup != nil && !done.isTold { told.append(done.answer(container, process)) }
                if process == nil { over.append(done.question) }
            }
        }
        for index in sockets.wanted.indices where !sockets.wanted[index].isTold && !sockets.mayScan(at: now) {
            let wanted = sockets.wanted[index]
            guard wanted.cgroup != nil, case .known(let container) = container(of: wanted, nil) else { continue }
            sockets.wanted[index].isTold = true
            told.append(wanted.answer(container, nil))
        }
        told.sort { ($0.since, $0.key.local.port) < ($1.since, $1.key.local.port) }
        tell(told.map { .socket($0) })
        giveUp(over)
    }

    private enum Container {
        /// Nil: a process of the host.
        case known(ContainerKey?)
        /// A container that is not known yet.
        case pending
        /// It may be either.
        case undecided
    }

    /// Whose a socket is by its control group, which may lie below that of the container; or by the process's own, where the
    /// kernel does not tell which group it is or containers may be in v1 alone.
    private func container(of wanted: SocketSearch.Wanted, _ process: SocketProcess?) -> Container {
        let path = wanted.cgroup.flatMap { self.path(ofGroup: $0) }
        if let place = path?.container { return container(place) }
        if path != nil, groups.allSatisfy(\.hierarchy.isUnified) { return .known(nil) }
        if let process, let place = try? cgroups(of: process.identifier) {
            return place.container.map { container($0) } ?? .known(nil)
        }
        let own = path == nil ? wanted.cgroup.flatMap { roster.container(ofGroup: $0)?.key } : nil
        return own.map { .known($0) } ?? .undecided
    }

    private func container(_ place: CgroupContainer) -> Container {
        roster.container(place.identifier).map { .known($0.key) } ?? .pending
    }

    private func cgroups(of process: Int32) throws(KernelFileError) -> CgroupMembership {
        var files = try ProcessFiles(process, root: places.proc)
        return try files.cgroups()
    }

}

extension SocketSearch.Wanted {
    fileprivate func answer(_ container: ContainerKey?, _ process: SocketProcess?) -> ConnectionSocket {
        var answer = ConnectionSocket(key: question.key, since: question.since)
        answer.cgroupIdentifier = cgroup
        answer.container = container
        answer.process = process
        return answer
    }
}
