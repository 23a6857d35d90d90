import Addressing
import Containers
import Flows

/// A connection with an end in this host, as one of the two that a process may have joined.
struct RelayHalf {
    var flow: Flow
    /// The socket of the end that is here.
    var socket: SocketKey
    /// Who holds it, by number; nil while that is not known.
    var process: Int32?
    /// Whether that was said of this very socket, and not of the one that listens.
    var isExact: Bool
    /// The end that is beyond the process, and how to ask who that is.
    var end: FlowTranslation.End
    var far: IdentityQuestion
    /// Whether the end beyond may be a container's: what processes of the host have to do with each other is none of ours.
    var isOfContainers: Bool
    /// Whether it was found what it belongs to, and whether its socket was asked for to find out.
    var isLinked = false
    var isDoubted = false

    /// Whether a connection that was taken may be the other half of one that was begun, for all but time and process.
    func mayBelong(to begun: RelayHalf) -> Bool {
        !isLinked && flow.serial != begun.flow.serial && socket.protocolNumber == begun.socket.protocolNumber
            && socket.namespace == begun.socket.namespace && (isOfContainers || begun.isOfContainers)
    }
}
