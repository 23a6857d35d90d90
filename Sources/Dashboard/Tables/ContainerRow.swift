import Addressing
import Containers
import Graph
import Records
import Terminal

/// Tells rows of the table of containers apart.
enum ContainerRowID: Hashable, Sendable {
    case container(ContainerKey)
    case namespace(NetworkNamespace)
    case host
}

/// Somebody who is here: a container, or a namespace in which none is.
struct ContainerRow: Sendable {
    let place: NamespaceInventory
    /// Nil for a namespace by itself, and for the host.
    let resident: ContainerInventory?
    let name: String
    /// What goes over edges that others opened to it, and over those it opened.
    var incoming = EdgeSum()
    var outgoing = EdgeSum()
    /// Whether the graph could not tell it from others at some time.
    var isAmbiguous = false

    init(_ resident: ContainerInventory, in place: NamespaceInventory) {
        self.place = place
        self.resident = resident
        name = resident.container.label
    }

    init(_ place: NamespaceInventory, hostName: String?) {
        self.place = place
        resident = nil
        name = place.isHost ? hostName.map { "\($0) (host)" } ?? "host" : place.namespace?.description ?? "not known"
    }

    var id: ContainerRowID {
        if let resident { return .container(resident.container.key) }
        return place.isHost ? .host : place.namespace.map { .namespace($0) } ?? .host
    }

    var image: String { resident?.container.description.image ?? "" }

    private var isOwner: Bool { resident.map { place.owner == $0.container.key } ?? true }

    /// Sockets that are its own; at the owner of a namespace those that are nobody's in it, too.
    var listeners: [Listener] { (resident?.listeners ?? []) + (isOwner ? place.listeners : []) }
    var exposures: [Exposure] { (resident?.exposures ?? []) + (isOwner ? place.exposures : []) }

    var network: NetworkCells {
        if resident != nil { return NetworkCells(place) }
        var cells = NetworkCells.nothing
        cells.add(place.interfaces)
        return cells
    }

    /// How surely packets of its addresses are its own.
    var who: (text: String, isSure: Bool) {
        guard resident != nil else { return ("", true) }
        if place.namespace == nil { return (AmountText.unknown, false) }
        let others = place.containers.count
        if isAmbiguous { return (others > 1 ? "ambiguous (\(others))" : "ambiguous", false) }
        return others > 1 || place.isHost ? ("by socket (\(others))", true) : ("certain", true)
    }
}
