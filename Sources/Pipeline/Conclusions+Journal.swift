import Addressing
import Containers
import Flows
import Records
import Wire

/// What the identity journal says of flows, and what happens when it says more.
extension Conclusions {
    /// Tells of the starts that have names by now and of those that have waited long enough, and of the names that others
    /// have got since. `current` gives a flow as it stands; nil when it is over. Returns whether it was time for any of that; where not,
    /// all is as before.
    func settle(_ book: borrowing FlowBook, at time: Timestamp, current: (Flow) -> Flow?) -> Bool {
        var isDue = relays.isStale
        if isDue { linkRelays(at: time, current: current) }
        if waiting.isEmpty { return isDue }
        let touched = waiting.takeTouched()
        let looksAtAll = waiting.wantsLook(at: time.nanoseconds)
        isDue = isDue || looksAtAll || !touched.isEmpty
        for flow in looksAtAll ? waiting.starts : touched.compactMap(waiting.start(of:)) {
            let names = lookUp(flow, book)
            guard isReady(flow, names), !isAsked(flow, names, book) else { continue }
            _ = waiting.release(flow.serial)
            tellHeld(flow, book, names)
        }
        while let flow = waiting.takeDue(at: time.nanoseconds) {
            isDue = true
            let names = lookUp(flow, book)
            tellHeld(flow, book, names)
            if !isReady(flow, names) { waiting.expect(flow, told: names.identities) }
        }
        for serial in looksAtAll ? waiting.nameless.keys.sorted() : touched {
            guard let nameless = waiting.nameless[serial] else { continue }
            let names = lookUp(nameless.flow, book)
            guard isReady(nameless.flow, names) else { continue }
            waiting.forget(serial)
            // Whose socket it is may not have come out.
            guard names.identities != nameless.told, let flow = current(nameless.flow) else { continue }
            tell(.updated, flow, book, names)
        }
        return isDue
    }

    /// Whether it came out only now that the initiator's socket decides, and that is asked for.
    private func isAsked(_ flow: Flow, _ names: FlowNames, _ book: borrowing FlowBook) -> Bool {
        guard waiting.takeUnfollowed(flow.serial), let identities = names.identities else { return false }
        return follow(flow, identities, book)?.contains(.source) ?? false
    }

    /// Whether there is nothing more to wait for.
    private func isReady(_ flow: Flow, _ names: FlowNames) -> Bool {
        (names.identities?.isSettled ?? true) && !questions.isOpen(flow.serial)
    }
}

extension Conclusions {
    /// Tells of what is no flow, and for one that judges who sent it: not who has the address it claims, who may be the victim.
    func sighted(_ sighting: Sighting, _ direction: FrameDirection, _ book: borrowing FlowBook) {
        guard isJudged else { return sink.sighting(sighting, book) }
        sink.sighting(sighting, book, sender: sender(of: sighting, direction, book))
    }

    private func sender(
        of sighting: Sighting,
        _ direction: FrameDirection,
        _ book: borrowing FlowBook
    ) -> Identity? {
        guard hasJournal, !book.point(sighting.point).isElsewhere else { return nil }
        var question = IdentityQuestion(address: sighting.claimedAddress, time: sighting.time)
        question.scope = ScopeName(book.scopes.scopes[Int(sighting.scope)].name)
        let point = book.point(sighting.point).key
        question.observedIn = point?.namespace
        // What goes out there comes from somewhere else.
        if direction == .incoming { question.behind = point }
        question.hardwareAddress = sighting.senderHardwareAddress
        let identity = journal.identify(question)
        switch identity.method {
        case .interface, .segment: return identity
        case .netns, .socket, .journal, .conntrack, nil: return nil
        }
    }
}

extension IdentityJournal {
    /// How to ask who one of the ends is.
    func question(
        _ flow: Flow,
        ofSource isSource: Bool,
        _ ends: FlowEnds,
        _ sockets: SocketEnds?,
        _ path: [PointCount],
        _ book: borrowing FlowBook
    ) -> IdentityQuestion {
        let end = isSource ? ends.source : ends.destination
        let scope = ScopeName(book.scopeName(of: flow))
        var question = IdentityQuestion(address: end.address, time: flow.first)
        question.scope = scope
        question.isTranslated = end.address != (isSource ? flow.source : flow.destination)
        question.protocolNumber = flow.protocolNumber
        if flow.hasPorts { question.port = end.port }
        question.peer = isSource ? sockets?.source.remote : sockets?.destination.remote
        question.isServer = !isSource
        question.isElsewhere = book.isElsewhere(flow)
        let hardwareAddress = isSource ? flow.sourceMAC : flow.destinationMAC
        if !hardwareAddress.isZero { question.hardwareAddress = hardwareAddress }
        // The best of the interfaces that this end is beyond: one that its packets came in through, as a bridge floods others
        // with what is for it; then one that leads to a container, or else into an overlay.
        var rank = Way.elsewhere
        for count in path {
            guard let key = book.point(count.point).key else { continue }
            if question.observedIn == nil { question.observedIn = key.namespace }
            guard flow.isSource(count.beyond) == isSource else { continue }
            let way = way(beyond: key, at: flow.first)
            let cameIn = count.packets(of: count.beyond) > 0
            guard way != .elsewhere, cameIn == question.cameIn ? way > rank : cameIn else { continue }
            rank = way
            question.behind = key
            question.cameIn = cameIn
        }
        return question
    }
}

extension ObservationPoint {
    /// What the journal knows the interface by.
    var key: InterfaceKey? {
        guard let namespace, let interfaceIndex else { return nil }
        return InterfaceKey(namespace: NetworkNamespace(inode: namespace), index: interfaceIndex)
    }
}

extension ScopeName {
    /// The same in the flow table's words.
    init(_ name: Scope.Name) {
        switch name {
        case .bare: self = .bare
        case .segment(let identifier, let vlan): self = .segment(identifier: identifier, vlan: vlan)
        case .vlan(let word): self = .vlan(word)
        case .namespace(let inode): self = .namespace(NetworkNamespace(inode: inode))
        case .device(let inode, let index):
            self = .device(InterfaceKey(namespace: NetworkNamespace(inode: inode), index: index))
        }
    }

    /// The flow table's name for it.
    var scope: Scope.Name {
        switch self {
        case .bare: .bare
        case .segment(let identifier, let vlan): .segment(identifier: identifier, vlan: vlan)
        case .vlan(let word): .vlan(word)
        case .namespace(let namespace): .namespace(namespace.inode)
        case .device(let key): .device(namespace: key.namespace.inode, index: key.index)
        }
    }
}
