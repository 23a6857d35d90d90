import Addressing
import Containers
import Flows
import Records

/// Whose the sockets at the ends of flows are.
extension Conclusions {
    /// Ends whose sockets are asked for.
    struct Asked: OptionSet {
        let rawValue: UInt8

        static let source = Self(rawValue: 1)
        static let destination = Self(rawValue: 2)
    }

    /// Whether a process may be told of that begins a connection, as soon as it does.
    var wantsEachFrame: Bool { interest == .told && journal.hasSockets }

    /// A flow begins: asks for what the kernel can tell of its ends, and remembers it in case a process passes it on. Nil when
    /// neither end is in a namespace that it shares with others.
    ///
    /// Of other protocols than TCP and UDP the kernel has no list, or one without ports, in which many are the same.
    func follow(_ flow: Flow, _ identities: FlowIdentities, _ book: borrowing FlowBook) -> Asked? {
        guard interest != .none, flow.protocolNumber == 6 || flow.protocolNumber == 17 else { return nil }
        let host = journal.host
        let near = identities.sharedSource.sharedNamespace(host)
        let far = identities.sharedDestination.sharedNamespace(host)
        if near == nil, far == nil { return nil }
        let (real, nat) = FlowEnds.of(flow, book.translation(of: flow))
        let ends = journal.socketEnds(of: flow, real, nat)
        let path = book.path(of: flow)
        var asked: Asked = []
        if let far {
            let key = ends.key(ofSource: false, flow, in: far)
            let known = journal.socket(key, at: flow.first)?.process
            relays.took(
                RelayHalf(
                    flow: flow,
                    socket: key,
                    process: (known ?? identities.destination.process)?.identifier,
                    isExact: known != nil,
                    end: real.source,
                    far: journal.question(flow, ofSource: true, real, ends, path, book),
                    isOfContainers: identities.source.mayBeContainer
                )
            )
            if identities.destination.wantsSocket, ask(key, flow, isServer: true) { asked.insert(.destination) }
        }
        if let near {
            let key = ends.key(ofSource: true, flow, in: near)
            let known = journal.socket(key, at: flow.first)?.process
            relays.began(
                RelayHalf(
                    flow: flow,
                    socket: key,
                    process: known?.identifier,
                    isExact: known != nil,
                    end: real.destination,
                    far: journal.question(flow, ofSource: false, real, ends, path, book),
                    isOfContainers: identities.destination.mayBeContainer
                )
            )
            if identities.source.wantsSocket, ask(key, flow, isServer: false) { asked.insert(.source) }
        }
        return asked
    }

    private func ask(_ key: SocketKey, _ flow: Flow, isServer: Bool) -> Bool {
        guard interest == .asked else { return false }
        return questions.ask(SocketQuestion(key: key, since: flow.first, isServer: isServer), for: flow.serial)
    }

    /// A record was cut and its flow goes on under another: what is known of its sockets is of the old one, so they are asked
    /// for again.
    func continued(_ flow: Flow, _ identities: FlowIdentities, _ book: borrowing FlowBook) {
        guard interest == .asked, flow.protocolNumber == 6 || flow.protocolNumber == 17 else { return }
        let (real, nat) = FlowEnds.of(flow, book.translation(of: flow))
        let ends = journal.socketEnds(of: flow, real, nat)
        for isSource in [true, false] {
            let identity = isSource ? identities.sharedSource : identities.sharedDestination
            guard let namespace = identity.sharedNamespace(journal.host) else { continue }
            let key = ends.key(ofSource: isSource, flow, in: namespace)
            guard journal.socket(key, at: flow.first) != nil else { continue }
            // The next record begins where this one ended.
            _ = questions.ask(SocketQuestion(key: key, since: flow.last, isServer: !isSource), for: 0)
        }
    }

    /// What an entry means for flows whose sockets were asked for.
    func noteSockets(_ entry: JournalEntry) {
        switch entry.change {
        case .socket(let socket):
            relays.learn(socket)
            if let flow = questions.flow(waitingFor: socket.key) { waiting.touch(flow) }
            // Without a process more of it is to come, or a word that nothing is.
            if socket.process != nil { questions.close(socket.key) }
        case .translation(let translation): questions.translate(translation)
        default: break
        }
    }

    /// Links what processes have turned out to pass on; both flows are told again.
    func linkRelays(at time: Timestamp, current: (Flow) -> Flow?) {
        let pairs = relays.match(at: time, current: current) { half in
            _ = ask(half.socket, half.flow, isServer: true)
        }
        for (took, began) in pairs where links.add(took, began) {
            guard tellsStarts else { continue }
            for half in [took, began] {
                if !waiting.isHeld(half.flow.serial) { waiting.expect(half.flow, told: nil) }
                waiting.touch(half.flow.serial)
            }
        }
    }
}

extension Identity {
    /// Whether its socket could tell more than is known.
    fileprivate var wantsSocket: Bool { process == nil || confidence == .ambiguous }

    /// Whether it is a container, here or elsewhere, or may turn out to be one.
    fileprivate var mayBeContainer: Bool {
        switch kind {
        case .container, .namespace, .vacant, .remote: true
        case .host, .gateway, .remoteHost, .outside, .multicast, .unknown: false
        }
    }
}
