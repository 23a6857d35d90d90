package import Addressing

/// Answering who it was.
extension IdentityJournal {
    /// Who an end of a flow is: by the veth its packets came through, by its hardware address in the segment, by the namespace
    /// that saw it, by who had the address at that time, by the subnet; the first that tells.
    ///
    /// Where a namespace is shared, the socket's control group decides, or nothing does and the answer is `ambiguous`. A flow
    /// that began up to `lag` before the entry that names it is given to the one named, if nobody else was there.
    package func identify(_ question: IdentityQuestion) -> Identity {
        if question.address.isMulticast {
            // Nobody has such an address: whoever sends with one forges it.
            let sender = question.cameIn ? identifyByInterface(question) : nil
            return sender ?? Identity(kind: .multicast, confidence: .certain)
        }
        if question.isElsewhere { return identifyElsewhere(question) }
        if let identity = identifyByInterface(question) { return identity }
        if question.address.isLoopback, let identity = identifyLoopback(question) { return identity }
        if let identity = identifyByHardware(question) { return identity }
        if let identity = identifyByAddress(question) { return identity }
        return identifyByNetwork(question)
    }

    /// The translation that a packet between two ends belongs to, in either direction and on either side of it, and whether
    /// the packet goes against the direction of the connection. `namespace` is the one whose conntrack is asked; nil for any.
    package func translation(
        protocolNumber: UInt8,
        source: Translation.End,
        destination: Translation.End,
        namespace: NetworkNamespace? = nil,
        at time: Timestamp
    ) -> (translation: Translation, isReply: Bool)? {
        let connection = Connection(protocolNumber: protocolNumber, source: source, destination: destination)
        let limit = latest(for: time)
        for (key, isReply) in [(connection, false), (connection.reversed, true)] {
            let found = translations.first(key, at: time, orUntil: limit) {
                namespace == nil || $0.namespace == namespace
            }
            if let found { return (found.value, isReply) }
        }
        return nil
    }

    /// Whether anybody listens or listened at a port, as far as that is kept.
    package func hasListener(at port: UInt16, protocolNumber: UInt8, in namespace: NetworkNamespace) -> Bool {
        listeners.periods[Port(namespace: namespace, protocolNumber: protocolNumber, port: port)] != nil
    }

    /// Whether anything was told of sockets of connections.
    package var hasSockets: Bool { !sockets.isEmpty }

    /// The answer about the socket of a connection that began at a time, if it was asked for and found.
    package func socket(_ key: SocketKey, at time: Timestamp) -> ConnectionSocket? {
        sockets.isEmpty ? nil : sockets.answer(key, at: time)
    }

    /// Until when an entry may come late for a flow that began at a time. Of what was before the journal began, the beginning
    /// is the best that is known.
    func latest(for time: Timestamp) -> Timestamp {
        let from = max(time, beginning ?? time)
        let (late, isOver) = from.nanoseconds.addingReportingOverflow(Self.lag)
        return Timestamp(nanoseconds: isOver ? .max : late)
    }

    /// The same, of what led there only for a while.
    func latest(for time: Timestamp, within life: Life?) -> Timestamp {
        min(latest(for: time), life?.until ?? Timestamp(nanoseconds: .max))
    }

    /// Of what another host saw, only what lies in no network here is known: container networks have the same addresses on many hosts,
    /// and what answers to them there is not what does here.
    private func identifyElsewhere(_ question: IdentityQuestion) -> Identity {
        let identity = identifyByNetwork(question)
        switch identity.kind {
        case .outside, .remoteHost: return identity
        default: return Identity(kind: .unknown, confidence: .unknown)
        }
    }

    /// A loopback address belongs to the namespace that saw it.
    private func identifyLoopback(_ question: IdentityQuestion) -> Identity? {
        var namespace = question.observedIn
        if namespace == nil {
            switch question.scope {
            case .bare: namespace = topology.host
            case .namespace(let own): namespace = own
            default: break
            }
        }
        guard let namespace else { return nil }
        return describe(namespace, question, method: .netns, isSure: true)
    }

    /// Who had the address at that time in that scope. Those in the namespace that saw it go first.
    private func identifyByAddress(_ question: IdentityQuestion) -> Identity? {
        var holders: [Addresses.Period] = []
        holders.reserveCapacity(1)
        addresses.forEach(
            question.address,
            at: question.time,
            orUntil: latest(for: question.time),
            where: { isIn(question.scope, $0) },
            { period in
                if !holders.contains(where: { $0.value.interface.namespace == period.value.interface.namespace }) {
                    holders.append(period)
                }
            }
        )
        guard let first = holders.first else { return nil }
        let isHere = { (period: Addresses.Period) in period.value.interface.namespace == question.observedIn }
        if let here = holders.first(where: isHere) {
            return describe(here, question, method: question.isTranslated ? .conntrack : .netns)
        }
        if holders.count == 1 {
            return describe(first, question, method: question.isTranslated ? .conntrack : .journal)
        }
        return undecided(among: holders, question)
    }

    /// The same address in several namespaces, and nothing that tells them apart.
    private func undecided(among holders: [Addresses.Period], _ question: IdentityQuestion) -> Identity {
        let identities = holders.map { describe($0, question, method: .journal) }
        let kinds = Set(identities.map(\.kind))
        var identity = Identity(
            kind: kinds.count == 1 ? kinds.first ?? .unknown : .unknown,
            method: .journal,
            confidence: .ambiguous
        )
        var candidates: Set<ContainerKey> = []
        for each in identities { candidates.formUnion(each.candidates + (each.container.map { [$0.key] } ?? [])) }
        identity.candidates = Array(candidates.sorted().prefix(Identity.candidateLimit))
        return identity
    }

    func isIn(_ scope: ScopeName?, _ holding: Holding) -> Bool {
        guard let scope else { return true }
        return (holding.scope ?? topology.scope(of: holding.interface)) == scope
    }

    /// What holds an address may have lost it a moment before the kernel's word of it came; so shortly before the end it is
    /// not sure.
    func describe(_ holder: Addresses.Period, _ question: IdentityQuestion, method: Identity.Method) -> Identity {
        let isEnding = holder.until.map { $0.nanoseconds - question.time.nanoseconds < Self.handover } ?? false
        return describe(
            holder.value.interface.namespace,
            question,
            method: method,
            interface: holder.value.interface,
            isSure: holder.from <= question.time && !isEnding && question.scope != nil,
            within: Life(from: holder.from, until: holder.until)
        )
    }

    /// How long after the fact the kernel's word of a change may come: 250 ms.
    private static var handover: Int64 { 250_000_000 }
}
