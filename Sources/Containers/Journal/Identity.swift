package import Addressing

/// Who an end of a flow is, how that is known, and how surely.
package struct Identity: Hashable, Sendable {
    /// What the end is.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case container
        /// An address of the monitored host itself.
        case host
        /// An address of the host, or of an overlay, on the bridge of a container network.
        case gateway
        /// An address in a network namespace of this host in which no container is known.
        case namespace
        /// A tunnel end of another host.
        case remoteHost = "remote_host"
        /// Something behind the tunnel end of another host, which `endpoint` names when it is known.
        case remote
        /// An address of a container network here that nobody had.
        case vacant
        /// An address of no network of this host's.
        case outside
        /// More than one: multicast or broadcast.
        case multicast
        case unknown
    }

    /// What the answer rests on; the values of `source.identity.method`.
    package enum Method: String, Hashable, Sendable, CaseIterable {
        /// The veth that the packet came through, which nobody can forge.
        case interface
        /// The namespace the packet was seen in.
        case netns
        /// The control group of a socket, or the process that holds it.
        case socket
        /// Who had the address at that time.
        case journal
        /// Who had the address that conntrack translates to.
        case conntrack
        /// The hardware address, or the subnet.
        case segment
    }

    /// How sure the answer is; the values of `source.identity.confidence`.
    package enum Confidence: String, Hashable, Sendable, CaseIterable {
        case certain
        /// Nothing speaks against it, but what names it came late or proves little.
        case likely
        /// One of the candidates.
        case ambiguous
        case unknown
    }

    package var kind: Kind
    /// When `ambiguous`, the owner of the shared namespace: a pod's sandbox, or the container that others joined.
    package var container: Container?
    /// The namespace the end is in, when it is one of this host's.
    package var namespace: NetworkNamespace?
    /// The interface that has the address, or behind which the end is.
    package var interface: InterfaceKey?
    package var interfaceName: String?
    /// The bridge that interface is, or is enslaved to, or its other end is: the layer-2 network of the end.
    package var bridgeName: String?
    /// Of something on another host: that host's tunnel end.
    package var endpoint: IPAddress?
    /// The process that holds the socket of this very connection, or else that listens there.
    package var process: SocketProcess?
    package var method: Method?
    package var confidence: Confidence
    /// All that it may be when `ambiguous`, the owner first; at most `candidateLimit`.
    package var candidates: [ContainerKey] = []
    /// Whether the packet came through the container's own veth with an address that is not the container's, though it
    /// passes nothing on for others.
    package var isForged = false

    /// The most candidates told.
    package static var candidateLimit: Int { 64 }

    package init(kind: Kind, method: Method? = nil, confidence: Confidence) {
        self.kind = kind
        self.method = method
        self.confidence = confidence
    }
}
