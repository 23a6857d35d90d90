package import Addressing
package import Containers

/// An end of a flow, as detectors see it: who it is said to be, and how surely.
package struct Party: Sendable {
    package var address: IPAddress
    /// Number of the scope in which the address means something.
    package var scope: UInt32
    /// Unknown where no journal is kept.
    package var kind: Identity.Kind
    package var confidence: Identity.Confidence
    /// The VNI or VLAN it is on, where that is known.
    package var segment: UInt32?
    /// Whether its address is not that of the container whose interface it came through.
    package var isForged = false

    /// What most parties have not, and none has alone: behind one reference, as parties are copied for every flow.
    private var traits: PartyTraits?

    package init(
        _ address: IPAddress,
        scope: UInt32 = 0,
        kind: Identity.Kind = .unknown,
        confidence: Identity.Confidence = .unknown,
        container: Container? = nil
    ) {
        self.address = address
        self.scope = scope
        self.kind = kind
        self.confidence = confidence
        if let container { traits = PartyTraits(container: container) }
    }

    /// An end as a journal knows it.
    package init(_ address: IPAddress, scope: UInt32, _ identity: Identity) {
        self.init(address, scope: scope, kind: identity.kind, confidence: identity.confidence)
        isForged = identity.isForged
        traits = PartyTraits(
            container: identity.container,
            identity.process?.name,
            identity.bridgeName,
            identity.endpoint
        )
    }

    /// The run of a container that it is.
    package var container: Container? {
        get { traits?.container }
        set { traits = PartyTraits(container: newValue, process, bridgeName, endpoint) }
    }

    /// The process of the monitored host that it is.
    package var process: String? {
        get { traits?.process }
        set { traits = PartyTraits(container: container, newValue, bridgeName, endpoint) }
    }

    /// The bridge it is on, where that is known.
    package var bridgeName: String? {
        get { traits?.bridgeName }
        set { traits = PartyTraits(container: container, process, newValue, endpoint) }
    }

    /// Of something on another host: that host's tunnel end.
    package var endpoint: IPAddress? {
        get { traits?.endpoint }
        set { traits = PartyTraits(container: container, process, bridgeName, newValue) }
    }

    /// What tells it apart from others.
    package var subject: Subject {
        if let container { return .container(container.key) }
        return .address(address, scope: scope)
    }

    /// What a sentence calls it: text from outside, to be made harmless by whoever shows it.
    package var name: String {
        if let description = container?.description, let name = description.pod ?? description.name { return name }
        return process ?? "\(address)"
    }
}

/// What is known of a party beyond its address.
private final class PartyTraits: Sendable {
    let container: Container?
    let process: String?
    let bridgeName: String?
    let endpoint: IPAddress?

    init(container: Container?, _ process: String? = nil, _ bridgeName: String? = nil, _ endpoint: IPAddress? = nil) {
        self.container = container
        self.process = process
        self.bridgeName = bridgeName
        self.endpoint = endpoint
    }
}

/// Whom a finding is about: a container whatever its address, else an address in its scope.
package enum Subject: Hashable, Sendable {
    case container(ContainerKey)
    case address(IPAddress, scope: UInt32)
}
