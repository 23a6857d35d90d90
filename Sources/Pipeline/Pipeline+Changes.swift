package import Containers
import Addressing
package import Flows
import Records

/// What the kernel and the runtimes say, as it reaches flows.
extension Pipeline {
    /// Takes in what became so. Entries come in the order of time.
    package mutating func change(_ entry: JournalEntry) {
        change(CollectionOfOne(entry))
    }

    /// Takes in several at once; the scope map is looked at after the last.
    package mutating func change(_ entries: some Collection<JournalEntry>) {
        var news: [InterfaceKey] = []
        for entry in entries {
            conclusions.apply(entry)
            if case .interface(let interface) = entry.change { news.append(interface.key) } else { apply(entry) }
        }
        // After all of them: an interface's scope may hang on the addresses that come behind it.
        for key in news { describe(key) }
        for assignment in conclusions.scopeChanges() {
            switch assignment.place {
            case .interface(let key): describe(key)
            case .segment(let identifier): flows.assign(segment: identifier, to: assignment.scope.scope)
            }
        }
        log?.changed(entries)
    }

    /// The same, of a file: nobody else tells whoever listens.
    package mutating func change(read entries: [JournalEntry]) {
        change(entries)
        for entry in entries { conclusions.sink.told(entry) }
    }

    /// Everybody who is here now, as the journal has it. Looks at all that is open.
    package var inventory: Inventory { conclusions.journal.inventory() }

    /// Says that a capture sees all interfaces of a namespace, and names them by index.
    package mutating func watch(_ namespace: NetworkNamespace, interface: UInt32, digits: Int = 9) {
        see(namespace, interface: interface, digits: digits)
        log?.watched(WatchedCapture(number: interface, digits: digits, place: .all(namespace)))
    }

    private mutating func see(_ namespace: NetworkNamespace, interface: UInt32, digits: Int) {
        captures[namespace] = (interface, digits)
        let point = ObservationPoint(namespace: namespace.inode, timestampDigits: digits)
        flows.describe(interface: interface, as: point)
        for known in conclusions.journal.interfaces(of: namespace) { describe(known.key) }
    }

    /// Says that a capture sees one interface.
    package mutating func watch(_ key: InterfaceKey, named name: String, interface: UInt32, digits: Int = 9) {
        let point = ObservationPoint(
            interface: name,
            interfaceIndex: key.index,
            namespace: key.namespace.inode,
            timestampDigits: digits
        )
        devices[key] = (interface, point)
        flows.describe(interface: interface, index: 0, as: point, in: conclusions.journal.scope(of: key).scope)
        log?.watched(WatchedCapture(number: interface, digits: digits, place: .one(key, name: name)))
    }

    /// Says again what captures see, to tables that were begun anew; in the order they were opened.
    mutating func describeCaptures() {
        for (namespace, capture) in captures.sorted(by: { $0.value.interface < $1.value.interface }) {
            see(namespace, interface: capture.interface, digits: capture.digits)
        }
        for (key, device) in devices.sorted(by: { $0.value.interface < $1.value.interface }) {
            flows.describe(
                interface: device.interface,
                index: 0,
                as: device.point,
                in: conclusions.journal.scope(of: key).scope
            )
        }
    }

    /// Says which of the journal's interfaces a capture file's is: all of the host's, or the one of that name.
    package mutating func locate(interface: UInt32, as point: ObservationPoint, seesAll: Bool) {
        guard let host = conclusions.journal.host else { return }
        if seesAll {
            watch(host, interface: interface, digits: point.timestampDigits)
        } else if let name = point.interface,
            let known = conclusions.journal.interfaces(of: host).first(where: { $0.name == name })
        {
            watch(known.key, named: name, interface: interface, digits: point.timestampDigits)
        }
    }

    /// What captures see, in the order they were opened.
    var watched: [WatchedCapture] {
        let all = captures.map { namespace, capture in
            WatchedCapture(number: capture.interface, digits: capture.digits, place: .all(namespace))
        }
        let each = devices.map { key, device in
            WatchedCapture(
                number: device.interface,
                digits: device.point.timestampDigits,
                place: .one(key, name: device.point.interface ?? "")
            )
        }
        return (all + each).sorted { $0.number < $1.number }
    }

    /// Whether starts of flows wait for names.
    package var hasWaiting: Bool { !conclusions.waiting.isEmpty }

    /// Namespaces whose traffic nothing outside of them shows.
    package func blindSpots() -> Set<NetworkNamespace> { conclusions.journal.blindSpots() }

    /// Whose sockets are to be asked for, since this was asked last. The answers are entries of the journal.
    package mutating func takeQuestions() -> [SocketQuestion] { conclusions.questions.take() }

    /// Says that a question was not asked, or that the kernel knows no more than it has told.
    package mutating func giveUp(_ question: SocketQuestion) { giveUp(question.key) }

    /// The same of the socket that was asked for.
    package mutating func giveUp(_ key: SocketKey) {
        if let flow = conclusions.questions.flow(waitingFor: key) { conclusions.waiting.touch(flow) }
        conclusions.questions.close(key)
        log?.gaveUp(key)
    }

    private mutating func apply(_ entry: JournalEntry) {
        switch entry.change {
        case .interfaceGone(let key):
            guard let (capture, _) = captures[key.namespace] else { return }
            flows.release(interface: capture, index: key.index, at: entry.time)
        case .translation(let translation):
            let scope = conclusions.journal.scope(routedIn: translation.namespace)
            flows.translate(FlowTranslation(translation), in: scope.scope, sink: conclusions)
        case .translationGone(let translation):
            let scope = conclusions.journal.scope(routedIn: translation.namespace)
            flows.forget(FlowTranslation(translation), in: scope.scope)
        default: break
        }
    }

    private mutating func describe(_ key: InterfaceKey) {
        if let (capture, point) = devices[key] {
            flows.describe(interface: capture, index: 0, as: point, in: conclusions.journal.scope(of: key).scope)
        }
        guard let (capture, digits) = captures[key.namespace], let interface = conclusions.journal.interface(key) else {
            return
        }
        let point = ObservationPoint(
            interface: interface.name,
            interfaceIndex: key.index,
            namespace: key.namespace.inode,
            timestampDigits: digits
        )
        flows.describe(interface: capture, index: key.index, as: point, in: conclusions.journal.scope(of: key).scope)
    }
}

extension FlowTranslation {
    /// In the flow table's words.
    init(_ translation: Translation) {
        self.init(
            protocolNumber: translation.protocolNumber,
            source: End(translation.originalSource),
            destination: End(translation.originalDestination),
            // Answers come from whom the destination became, to whom the source became.
            translatedSource: End(translation.replyDestination),
            translatedDestination: End(translation.replySource)
        )
    }
}

extension FlowTranslation.End {
    fileprivate init(_ end: Translation.End) {
        self.init(address: end.address, port: end.port)
    }
}
