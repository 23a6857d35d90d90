package import Addressing
package import Containers

/// Writes an inventory as JSON: a line for each container, namespace without one, and the host. `Docs/Records.md` has the keys.
///
/// Collects lines; whoever owns the writer takes them away with `drain`.
package struct InventoryWriter: ~Copyable {
    private var lines = JSONRecordLines(json: JSONBuffer(capacity: 65_536), resolvesNames: true)
    private let hostName: String?
    private let time: Timestamp

    /// - Parameters:
    ///   - hostName: of the host that was looked at, on every line.
    ///   - time: when it was looked at, on every line.
    package init(hostName: String?, time: Timestamp) {
        self.hostName = hostName
        self.time = time
    }

    /// The lines that wait.
    package var bytes: [UInt8] { lines.json.bytes }

    /// Writes everybody of a namespace, and the namespace itself where nobody is; the host's also beside them if `showsHost`.
    package mutating func write(allOf place: NamespaceInventory, showsHost: Bool = false) {
        for resident in place.containers { write(resident, in: place) }
        if place.containers.isEmpty || place.isHost && showsHost { write(place) }
    }

    /// Writes one of the containers of a namespace.
    package mutating func write(_ resident: ContainerInventory, in place: NamespaceInventory) {
        lines.begin(.container, time, hostName)
        let isOwner = place.owner == resident.container.key
        lines.write(resident, owner: isOwner ? nil : place.owner?.identifier)
        // In the host's own namespace nothing but the sockets is the container's.
        if !place.isHost { lines.writeNetwork(of: place) }
        let shared = isOwner ? place.listeners : []
        lines.write(listeners: resident.listeners + shared)
        lines.write(exposures: resident.exposures + (isOwner ? place.exposures : []))
        lines.json.endLine()
    }

    /// Writes a namespace in which no container is, or the host itself, with the sockets that are nobody else's.
    package mutating func write(_ place: NamespaceInventory) {
        lines.begin(place.isHost ? .host : .namespace, time, hostName)
        lines.writeNetwork(of: place)
        lines.write(listeners: place.listeners)
        lines.write(exposures: place.exposures)
        lines.json.endLine()
    }

    /// Gives all waiting lines away, in pieces of at most 64 KiB, and forgets them, also when `body` fails.
    package mutating func drain<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        defer { lines.json.removeAll() }
        try lines.json.forEachPiece(of: 65_536, body)
    }
}
