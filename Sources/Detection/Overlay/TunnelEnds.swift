import Addressing
import Containers
import Wire

/// Which hosts send into overlays, as the journal and a policy say. Bounded: stations beyond the limit keep their tunnel end known.
struct TunnelEnds: Sendable {
    /// How well a sender is known.
    enum Standing: Sendable {
        case known
        /// A policy names tunnel ends, and this is none.
        case undeclared
        /// No entry of the forwarding table names it, yet.
        case unheard
        /// Nobody says who may send.
        case open
    }

    private struct Station: Hashable, Sendable {
        let interface: InterfaceKey
        let address: MACAddress
    }

    private struct End: Sendable {
        var stations = 0
        /// Devices that send to it whatever they know no station for; such an entry stays as long as its device.
        var devices: Set<InterfaceKey> = []
        /// Second in which the last of them went.
        var left: Int64 = .min
    }

    private var own = LocalAddresses()
    private var segments: [InterfaceKey: UInt32] = [:]
    private var stations: [Station: IPAddress] = [:]
    private var ends: [IPAddress: End] = [:]

    static var stationLimit: Int { 65_536 }
    static var endLimit: Int { 8192 }
    static var interfaceLimit: Int { 4096 }
    /// Seconds for which an end is known after its last station went.
    static var memory: Int64 { 600 }

    /// Whether no journal says anything of who may send.
    var isOpen: Bool { own.isEmpty && segments.isEmpty && ends.isEmpty }

    /// Whether an address is that of a tunnel end here; nil where no journal says which addresses are here.
    func isOwn(_ address: IPAddress) -> Bool? {
        own.isEmpty
            ? nil
            : own.isIn(address) { namespace in
                namespace == own.host || segments.keys.contains { $0.namespace == namespace }
            }
    }

    func isKnown(_ address: IPAddress, at time: Timestamp) -> Bool {
        if isOwn(address) == true { return true }
        guard let end = ends[address] else { return false }
        return end.stations > 0 || !end.devices.isEmpty || time.seconds &- end.left <= Self.memory
    }

    func standing(of passage: TunnelPassage, _ declaration: TunnelPassage.Declaration?, at time: Timestamp) -> Standing
    {
        if isKnown(passage.outer, at: time) { return .known }
        if let declaration {
            if declaration.namesSender { return .known }
            // Where no journal says which addresses are this host's, this may be one.
            return own.isEmpty && declaration.namesReceiver ? .open : .undeclared
        }
        // The forwarding table says something of VXLAN only, and only of the segments that are here.
        let isOurs = passage.kind == .vxlan && segments.values.contains(passage.identifier)
        return isOurs && !ends.isEmpty ? .unheard : .open
    }

    mutating func take(_ entry: JournalEntry) {
        own.take(entry)
        switch entry.change {
        case .interface(let interface):
            if let number = interface.networkIdentifier, segments.count < Self.interfaceLimit {
                segments[interface.key] = number
            }
        case .interfaceGone(let key): forget(key, at: entry.time)
        case .remote(let key, let address, endpoint: let end): open(address, behind: key, end, at: entry.time)
        case .remoteGone(let key, let address): close(Station(interface: key, address: address), at: entry.time)
        case .namespaceGone(let namespace):
            for key in segments.keys where key.namespace == namespace { forget(key, at: entry.time) }
        default: break
        }
    }

    private mutating func open(_ address: MACAddress, behind key: InterfaceKey, _ end: IPAddress, at time: Timestamp) {
        guard ends[end] != nil || ends.count < Self.endLimit || makeRoom(at: time) else { return }
        let station = Station(interface: key, address: address)
        guard !address.isZero, stations[station] != nil || stations.count < Self.stationLimit else {
            ends[end, default: End()].devices.insert(key)
            return
        }
        if stations[station] == end { return }
        close(station, at: time)
        stations[station] = end
        ends[end, default: End()].stations += 1
    }

    private mutating func close(_ station: Station, at time: Timestamp) {
        guard let end = stations.removeValue(forKey: station) else { return }
        ends[end]?.stations -= 1
        ends[end]?.left = time.seconds
    }

    private mutating func forget(_ key: InterfaceKey, at time: Timestamp) {
        guard segments.removeValue(forKey: key) != nil else { return }
        for station in stations.keys where station.interface == key { close(station, at: time) }
        for end in ends.keys where ends[end]?.devices.remove(key) != nil { ends[end]?.left = time.seconds }
    }

    private mutating func makeRoom(at time: Timestamp) -> Bool {
        ends = ends.filter { isKnown($0.key, at: time) }
        return ends.count < Self.endLimit
    }
}
