package import Addressing

/// Who had which address, interface and socket, and when: the identity journal, as it is in memory.
///
/// A plain value without clock or kernel: `apply` takes entries in the order of time, `identify` answers. It keeps what is
/// open, and what closed within the longest time a flow's record stays open plus ten minutes. All of it is bounded by
/// `JournalLimits`.
package struct IdentityJournal: ~Copyable {
    /// An address on an interface.
    struct Holding {
        var interface: InterfaceKey
        var prefixLength: UInt8
        /// The scope it was in when it closed; what is open is asked of the topology.
        var scope: ScopeName?
    }

    /// A port of a namespace.
    struct Port: Hashable {
        var namespace: NetworkNamespace
        var protocolNumber: UInt8
        var port: UInt16
    }

    /// A hardware address behind the tunnel end of another host.
    struct Remote {
        var interface: InterfaceKey
        var endpoint: IPAddress
        var scope: ScopeName?
    }

    var topology: Topology
    var networks = NetworkTable()
    var containers: Chronicle<ContainerKey, Container>
    /// The containers that run in a namespace.
    var stays: Chronicle<NetworkNamespace, ContainerKey>
    var cgroups: Chronicle<UInt64, ContainerKey>
    var addresses: Chronicle<IPAddress, Holding>
    /// Hardware addresses of interfaces outside the host's own namespace.
    var hardware: Chronicle<MACAddress, InterfaceKey>
    var listeners: Chronicle<Port, Listener>
    var sockets: SocketTable
    var translations: Chronicle<Connection, Translation>
    var remotes: Chronicle<MACAddress, Remote>
    /// Tunnel ends of other hosts, and the devices that lead to them.
    var endpoints: Chronicle<IPAddress, InterfaceKey>

    /// What is open by where it is, to close it with that.
    var belongings = Belongings()

    /// The name of the monitored host.
    package internal(set) var hostName: String?
    /// The newest time told. An older entry counts as of this time.
    package internal(set) var now = Timestamp(nanoseconds: .min)
    /// The time of the first entry: what was so before it is not known.
    package internal(set) var beginning: Timestamp?
    /// Grows with every change after which a question may have another answer.
    package internal(set) var revision: UInt64 = 0
    /// When the newest began or ended of all that answers rest on.
    private(set) var changed = Timestamp(nanoseconds: .min)
    /// Assignments told with `scopeChanges`, and the topology's version then.
    var told: [ScopeAssignment.Place: ScopeName] = [:]
    var toldVersion: UInt64?

    /// How often a namespace wanted more than its share.
    var overdrawn: UInt64 = 0

    let limits: JournalLimits
    /// Nanoseconds.
    private let retention: Int64

    /// - Parameter limits: how much is kept, and for how long.
    package init(limits: JournalLimits = JournalLimits()) {
        topology = Topology(limit: limits.interfaces)
        containers = Chronicle(limit: limits.containers)
        stays = Chronicle(limit: limits.containers)
        cgroups = Chronicle(limit: limits.containers)
        addresses = Chronicle(limit: limits.addresses)
        hardware = Chronicle(limit: limits.interfaces)
        listeners = Chronicle(limit: limits.listeners)
        sockets = SocketTable(limit: limits.sockets, share: limits.socketsOfNamespace)
        translations = Chronicle(limit: limits.translations * 2)
        remotes = Chronicle(limit: limits.remotes)
        endpoints = Chronicle(limit: limits.remotes)
        self.limits = limits
        // A century is as good as for ever, and fits.
        retention = min(max(0, limits.retention.components.seconds), 3_000_000_000) * 1_000_000_000
    }

    /// How long the kernel's word may come after the first packet: 2 s. What began so shortly before the entry that names
    /// it is given to the one named, if nobody else was there.
    package static var lag: Int64 { 2_000_000_000 }

    /// Periods that are kept now, open and closed.
    package var count: Int {
        containers.count + stays.count + cgroups.count + addresses.count + hardware.count + listeners.count
            + sockets.count + translations.count + remotes.count + endpoints.count + topology.links.count
    }

    /// What could not be kept for want of room.
    package var refused: UInt64 {
        containers.refused + stays.refused + cgroups.refused + addresses.refused + hardware.refused + listeners.refused
            + sockets.refused + translations.refused + remotes.refused + endpoints.refused + topology.refused
            + overdrawn
    }

    /// What was forgotten before its time for want of room.
    package var forgotten: UInt64 {
        containers.forgotten + stays.forgotten + cgroups.forgotten + addresses.forgotten + hardware.forgotten
            + listeners.forgotten + sockets.forgotten + translations.forgotten + remotes.forgotten
            + endpoints.forgotten + topology.forgotten
    }

    /// Lets time go on: what closed too long ago is forgotten. Also done by every `apply`.
    package mutating func advance(to time: Timestamp) {
        guard time > now else { return }
        now = time
        let (oldest, isBeforeAll) = time.nanoseconds.subtractingReportingOverflow(retention)
        let kept = count
        if !isBeforeAll { forget(before: Timestamp(nanoseconds: oldest)) }
        if count != kept { revision &+= 1 }
        renewNetworks(atOnce: false)
    }

    /// Notes that something begins or ends now that answers rest on.
    mutating func noteChange() {
        revision &+= 1
        changed = now
    }

    /// Whether questions of that time and all later ones have the same answer until `revision` grows: nothing that is known
    /// began or ended later, nor so shortly before that it is still given grace.
    package func isQuiet(at time: Timestamp) -> Bool {
        let (quiet, isOver) = changed.nanoseconds.addingReportingOverflow(Self.lag)
        return !isOver && time.nanoseconds > quiet
    }

    private mutating func forget(before time: Timestamp) {
        containers.forget(before: time)
        stays.forget(before: time)
        cgroups.forget(before: time)
        addresses.forget(before: time)
        hardware.forget(before: time)
        listeners.forget(before: time)
        sockets.forget(before: time)
        translations.forget(before: time)
        remotes.forget(before: time)
        endpoints.forget(before: time)
        topology.forget(before: time)
    }
}
