package import Containers

/// Who an end of flows is: an object, as many flows have the same end, and an identity is large.
package final class SharedIdentity: Sendable {
    package let identity: Identity
    /// Whether nothing more is to be learned by waiting a moment: it has a name, or is what gets none.
    package let isSettled: Bool
    /// What is asked of every flow's ends stands here too, as the whole is large to copy.
    package let namespace: NetworkNamespace?
    /// Whether it takes a socket to tell who it is among those that share a namespace.
    private let isOneOfSeveral: Bool
    private let isForged: Bool
    /// Whether it is one of several in different namespaces, and nothing tells which.
    package let isUndecided: Bool

    package init(_ identity: Identity) {
        self.identity = identity
        namespace = identity.namespace
        isForged = identity.isForged
        isUndecided = identity.namespace == nil && identity.confidence == .ambiguous
        isOneOfSeveral = identity.confidence == .ambiguous || identity.method == .socket
        isSettled =
            switch identity.kind {
            case .container: identity.container?.description.name != nil || identity.container?.description.pod != nil
            case .host, .gateway, .multicast, .outside, .remoteHost: true
            case .remote: identity.confidence != .unknown
            case .namespace, .vacant, .unknown: false
            }
    }

    /// The namespace that the end shares with others, the host's own or one of several containers: who it is there only its
    /// socket tells. Nil for others.
    package func sharedNamespace(_ host: NetworkNamespace?) -> NetworkNamespace? {
        guard let namespace, !isForged, namespace == host || isOneOfSeveral else { return nil }
        return namespace
    }
}
