import Addressing

/// Evidence better or worse than the address.
extension IdentityJournal {
    typealias Addresses = Chronicle<IPAddress, Holding>

    /// By the interface that packets of the end came in through, or packets to it went out through.
    func identifyByInterface(_ question: IdentityQuestion) -> Identity? {
        guard let behind = question.behind, let link = topology.links[behind] else { return nil }
        guard let user = topology.user(behind: behind, at: question.time) else {
            return link.interface.kind == "vxlan" ? identifyByOverlay(question, device: behind) : nil
        }
        let limit = latest(for: question.time, within: link.life)
        let own = addresses.first(question.address, at: question.time, orUntil: limit) {
            $0.interface.namespace == user
        }
        if let own {
            let interface = own.value.interface
            return describe(user, question, method: .interface, interface: interface, isSure: true, within: link.life)
        }
        let relays = topology.relays(user, at: question.time)
        if relays {
            // A node that is a container itself: the end may be one of its own pods.
            let inner = addresses.first(question.address, at: question.time, orUntil: limit) {
                topology.isBehind($0.interface, user)
            }
            if let inner { return describe(inner, question, method: .interface) }
        }
        guard question.cameIn else { return nil }
        let peer = link.interface.peer
        var identity = describe(user, question, method: .interface, interface: peer, isSure: true, within: link.life)
        if identity.kind == .namespace, relays || topology.shapes[user]?.links.count ?? 0 > 1 {
            // No container, and more than one way out: it passes on what others send.
            return nil
        }
        identity.isForged = !relays && !question.address.isUnspecified && hasAddress(question, peer)
        return identity
    }

    /// Whether the other end of a veth had any address of that kind: before it has, a strange one proves nothing.
    private func hasAddress(_ question: IdentityQuestion, _ peer: InterfaceKey?) -> Bool {
        let addressed = peer.flatMap { topology.links[$0]?.addressed }
        return addressed?.has(like: question.address, by: max(question.time, beginning ?? question.time)) ?? false
    }

    /// What comes out of an overlay's device, or goes in there, is on another host.
    private func identifyByOverlay(_ question: IdentityQuestion, device: InterfaceKey) -> Identity? {
        let scope = topology.scope(of: device)
        let isOurs =
            addresses.first(question.address, at: question.time, orUntil: question.time) { isIn(scope, $0) } != nil
        // What a bridge floods goes there too.
        if isOurs, !question.cameIn { return nil }
        var identity = Identity(kind: .remote, method: .interface, confidence: .certain)
        identity.interface = device
        identity.interfaceName = topology.links[device]?.interface.name
        identity.bridgeName = topology.bridge(of: device)?.name
        identity.endpoint = remote(question, in: scope)?.endpoint
        identity.isForged = isOurs
        return identity
    }

    private func remote(_ question: IdentityQuestion, in scope: ScopeName?) -> Remote? {
        guard let address = question.hardwareAddress else { return nil }
        return remotes.first(address, at: question.time, orUntil: latest(for: question.time)) {
            scope == nil || ($0.scope ?? topology.scope(of: $0.interface)) == scope
        }?.value
    }

    /// By the hardware address: an interface in that scope has it, or it is behind another host.
    func identifyByHardware(_ question: IdentityQuestion) -> Identity? {
        guard !question.isTranslated, let address = question.hardwareAddress, let scope = question.scope else {
            return nil
        }
        let limit = latest(for: question.time)
        let found = hardware.first(address, at: question.time, orUntil: limit) { topology.scope(of: $0) == scope }
        guard let interface = found?.value else {
            guard let remote = remote(question, in: scope) else { return nil }
            var identity = Identity(kind: .remote, method: .segment, confidence: .likely)
            identity.endpoint = remote.endpoint
            return identity
        }
        let namespace = interface.namespace
        let isOwn =
            addresses.first(question.address, at: question.time, orUntil: limit) { $0.interface.namespace == namespace }
            != nil
        // A router's hardware address is on whatever it passes on.
        if !isOwn, topology.relays(namespace, at: question.time) || topology.shapes[namespace]?.links.count ?? 0 > 1 {
            return nil
        }
        let identity = describe(
            namespace,
            question,
            method: .segment,
            interface: interface,
            isSure: isOwn,
            within: found.map { Life(from: $0.from, until: $0.until) }
        )
        return identity.kind == .container ? identity : nil
    }

    /// By where the address lies, when nobody here had it.
    func identifyByNetwork(_ question: IdentityQuestion) -> Identity {
        guard topology.host != nil else { return Identity(kind: .unknown, confidence: .unknown) }
        let end = endpoints.first(question.address, at: question.time, orUntil: latest(for: question.time)) {
            question.scope == nil || question.scope == topology.space(of: $0.namespace) || question.scope == .bare
        }
        if end != nil {
            var identity = Identity(kind: .remoteHost, method: .segment, confidence: .likely)
            identity.endpoint = question.address
            return identity
        }
        switch networks.place(of: question.address, in: question.scope) {
        case .broadcast: return Identity(kind: .multicast, method: .segment, confidence: .likely)
        // An overlay does not end at this host: who is not here may be on another.
        case .inside where question.scope?.isOverlay ?? false:
            return Identity(kind: .remote, method: .segment, confidence: .unknown)
        case .inside: return Identity(kind: .vacant, method: .segment, confidence: .likely)
        case .outside: return Identity(kind: .outside, method: .segment, confidence: .likely)
        }
    }
}
