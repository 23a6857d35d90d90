/// Which interfaces a network namespace has, as far as that tells what it is for.
struct NamespaceShape {
    /// All of them but the loopback, by number.
    var links: [UInt32] = []
    /// The vxlan devices among them.
    var overlays: [UInt32] = []
    /// How many there are of a kind that passes on what others sent: bridges, tunnels, taps.
    var relays = 0

    var isEmpty: Bool { links.isEmpty }

    mutating func insert(_ interface: Interface) {
        guard !interface.isLoopback else { return }
        Self.insert(interface.key.index, into: &links)
        if interface.kind == "vxlan" { Self.insert(interface.key.index, into: &overlays) }
        if Self.isRelay(interface.kind) { relays += 1 }
    }

    mutating func remove(_ interface: Interface) {
        guard !interface.isLoopback else { return }
        Self.remove(interface.key.index, from: &links)
        if interface.kind == "vxlan" { Self.remove(interface.key.index, from: &overlays) }
        if Self.isRelay(interface.kind) { relays -= 1 }
    }

    /// The kernel's fallback devices (tunl0, sit0, gre0 …) are in every namespace and mean nothing, so their kinds are not
    /// among these.
    private static func isRelay(_ kind: String?) -> Bool {
        switch kind {
        case "bridge", "vxlan", "geneve", "tun", "wireguard": true
        default: false
        }
    }

    /// Keeps the list in order: interfaces mostly come with rising numbers.
    private static func insert(_ number: UInt32, into list: inout [UInt32]) {
        let place = list.lastIndex { $0 < number }.map { $0 + 1 } ?? 0
        if place < list.count, list[place] == number { return }
        list.insert(number, at: place)
    }

    private static func remove(_ number: UInt32, from list: inout [UInt32]) {
        if let place = list.firstIndex(of: number) { list.remove(at: place) }
    }
}
