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
    package var container: Container?
    /// The process of the monitored host that it is.
    package var process: String?
    /// The bridge it is on, and the VNI or VLAN, where they are known.
    package var bridgeName: String?
    package var segment: UInt32?
    /// Of something on another host: that host's tunnel end.
    package var endpoint: IPAddress?
    /// Whether its address is not that of the container whose interface it came through.
    package var isForged = false

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
        self.container = container
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

/// Whom a finding is about: a container whatever its address, else an address in its scope.
package enum Subject: Hashable, Sendable {
    case container(ContainerKey)
    case address(IPAddress, scope: UInt32)
}
