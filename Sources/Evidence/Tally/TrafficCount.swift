/// Flows, and what they carried.
struct TrafficCount: Hashable {
    var flows: UInt64 = 0
    var packets: UInt64 = 0
    var bytes: UInt64 = 0

    mutating func add(packets: UInt64, bytes: UInt64) {
        flows &+= 1
        self.packets &+= packets
        self.bytes &+= bytes
    }
}

/// What a container sent and received.
struct Consumption: Hashable {
    /// What people call it, and its image, as they were told last.
    var label: String
    var image: String?
    /// Flows with it at an end.
    var flows: UInt64 = 0
    var sentBytes: UInt64 = 0
    var receivedBytes: UInt64 = 0
    /// TCP connections that it began and that came to nothing.
    var failures: UInt64 = 0
}

/// Somebody outside who was asked.
struct OutsidePeer: Hashable {
    var name: String?
    var traffic = TrafficCount()
    /// Who asked, at most `limit`.
    var askers: [String] = []

    static var limit: Int { 3 }

    mutating func note(_ asker: String) {
        if askers.count < Self.limit, !askers.contains(asker) { askers.append(asker) }
    }
}
