import Addressing

/// From a namespace to who is in it.
extension IdentityJournal {
    /// Who is in a namespace: its one container; when several share it, whom a socket names, or all of them. `isSure` says
    /// that nothing is open about the namespace itself; `life` is that of what leads there.
    func describe(
        _ namespace: NetworkNamespace,
        _ question: IdentityQuestion,
        method: Identity.Method,
        interface: InterfaceKey? = nil,
        isSure: Bool,
        within life: Life? = nil
    ) -> Identity {
        let isHost = namespace == topology.host
        let (occupants, isLate) = occupants(of: namespace, at: question.time, within: life)
        var identity = Identity(
            kind: isHost || occupants.isEmpty ? kind(of: namespace, interface) : .container,
            method: method,
            confidence: isSure && !isLate ? .certain : .likely
        )
        identity.namespace = namespace
        identity.interface = interface
        identity.interfaceName = interface.flatMap { topology.links[$0]?.interface.name }
        identity.bridgeName = interface.flatMap { topology.bridge(of: $0)?.name }
        let listener = listener(in: namespace, question)
        let socket = socket(in: namespace, question)
        identity.process = socket?.process ?? listener?.process
        if let only = occupants.first, occupants.count == 1, !isHost {
            identity.container = container(only, at: question.time)
            return identity
        }
        if occupants.isEmpty, socket?.container == nil {
            if isHost, socket != nil { takeAsHosts(&identity) }
            return identity
        }
        let cgroup = question.cgroupIdentifier ?? socket?.cgroupIdentifier ?? listener?.cgroup
        if let key = socket?.container ?? cgroup.flatMap({ container(ofGroup: $0, at: question.time) }) {
            identity.kind = .container
            identity.container = container(key, at: question.time)
            identity.method = .socket
            if listener?.isLate == true, socket == nil, question.cgroupIdentifier == nil {
                identity.confidence = .likely
            }
            return identity
        }
        if isHost, cgroup != nil || socket != nil {
            // A socket of no container: a process of the host.
            if socket != nil { takeAsHosts(&identity) } else { identity.method = .socket }
            return identity
        }
        let ordered = occupants.sorted { precedes($0, $1) }
        identity.confidence = .ambiguous
        identity.candidates = Array(ordered.prefix(Identity.candidateLimit))
        if !isHost { identity.container = ordered.first.flatMap { container($0, at: question.time) } }
        return identity
    }

    /// Containers in a namespace at a time, and whether they are there by the grace of `lag` alone: begun shortly after, or
    /// ended shortly before, as the last packets of a container come when it is gone.
    ///
    /// Who joins others there within `lag` counts with them: the flow may be its first, and the word of it late.
    private func occupants(
        of namespace: NetworkNamespace,
        at time: Timestamp,
        within life: Life?
    ) -> (keys: [ContainerKey], isLate: Bool) {
        let limit = latest(for: time, within: life)
        let list = stays[namespace]
        let first = list.contains { $0.contains(time) } ? time : list.first { $0.from > time && $0.from <= limit }?.from
        if let first {
            // Until when somebody of those is there: whoever comes later has another namespace of the same number.
            var last: Timestamp?
            var keys: [ContainerKey] = []
            for stay in list where stay.contains(first) || stay.from >= first && stay.from <= limit {
                if !keys.isEmpty, let last, stay.from >= last { break }
                last = keys.isEmpty ? stay.until : last.flatMap { last in stay.until.map { max(last, $0) } }
                keys.append(stay.value)
            }
            return (keys, first > time)
        }
        guard namespace != topology.host else { return ([], false) }
        var newest: (key: ContainerKey, until: Timestamp)?
        for stay in list {
            guard let until = stay.until, until <= time, time.nanoseconds - until.nanoseconds <= Self.lag,
                life.map({ until >= $0.from }) ?? true
            else {
                continue
            }
            if let newest, newest.until >= until { continue }
            newest = (stay.value, until)
        }
        return (newest.map { [$0.key] } ?? [], true)
    }

    private func kind(of namespace: NetworkNamespace, _ interface: InterfaceKey?) -> Identity.Kind {
        let isBridge = interface.flatMap { topology.links[$0]?.interface.kind } == "bridge"
        if namespace == topology.host { return isBridge ? .gateway : .host }
        return isBridge && topology.hiddenOverlay(in: namespace) != nil ? .gateway : .namespace
    }

    /// The owner of a shared namespace first: a pod's sandbox, then whoever did not ask to join another, then by age; of those
    /// that were found at one moment, by that of their first processes.
    func precedes(_ left: ContainerKey, _ right: ContainerKey) -> Bool {
        guard let first = containers[left].last, let second = containers[right].last else { return left < right }
        let ranks = [first, second].map { period in
            period.value.description.isSandbox ? 0 : period.value.description.networkOf == nil ? 1 : 2
        }
        if ranks[0] != ranks[1] { return ranks[0] < ranks[1] }
        if let began = first.value.started, let other = second.value.started, began != other { return began < other }
        return first.from != second.from ? first.from < second.from : left < right
    }

    /// What is known of a container; of two runs that are called alike, of the one at that time.
    private func container(_ key: ContainerKey, at time: Timestamp) -> Container? {
        let list = containers[key]
        if list.count < 2 { return list.first?.value }
        return (list.last { $0.from <= time } ?? list.last)?.value
    }

    /// It is a process of the host, whichever of the host's addresses it has.
    private func takeAsHosts(_ identity: inout Identity) {
        identity.kind = .host
        identity.method = .socket
    }

    /// The answer about the socket that an end has, if it was asked for and found.
    private func socket(in namespace: NetworkNamespace, _ question: IdentityQuestion) -> ConnectionSocket? {
        guard !sockets.isEmpty, let peer = question.peer else { return nil }
        let key = SocketKey(
            namespace: namespace,
            protocolNumber: question.protocolNumber,
            local: Translation.End(address: question.address, port: question.port ?? 0),
            remote: peer
        )
        return sockets.answer(key, at: question.time)
    }

    private func container(ofGroup identifier: UInt64, at time: Timestamp) -> ContainerKey? {
        cgroups.first(identifier, at: time, orUntil: latest(for: time))?.value
    }
}
