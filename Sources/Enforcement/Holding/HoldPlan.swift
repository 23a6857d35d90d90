package import Addressing
package import Containers
package import Netlink

/// What shall be held, as the kernel is told: on which bridges, which devices are let through there, and until when without being told
/// again.
package struct HoldPlan: Hashable, Sendable {
    /// One namespace.
    package struct Local: Hashable, Sendable {
        /// Names of the bridges.
        package var bridges: Set<String> = []
        /// Numbers of those of their ports that are let through.
        package var passing: Set<UInt32> = []
        /// Numbers of the ports of other bridges, where nothing is held.
        package var others: Set<UInt32> = []

        package init() {}
    }

    package var locals: [NetworkNamespace: Local] = [:]
    /// When the kernel lets everything through by itself.
    package var until: Timestamp

    package init(until: Timestamp) {
        self.until = until
    }

    /// How long holding lasts when nobody renews it, in nanoseconds: half a minute, in which an agent that died is there again.
    package static var lifetime: Int64 { 30_000_000_000 }
    /// Nanoseconds that are left when it is renewed.
    package static var renewal: Int64 { 20_000_000_000 }
    /// The bit of a packet's mark that tells, between the hooks of a bridge and those of its device, what the one knows to the other. It is
    /// set for as long as a packet is on that way.
    package static var bit: UInt32 { 0x2000_0000 }
}

extension HoldPlan {
    /// In the kernel.
    enum Name {
        static let passing = "hold_passing"
        static let others = "hold_others"
        static let armed = "hold_armed"
        /// What all our chains about it begin with.
        static let prefix = "hold_"
    }

    /// The set of devices that are let through, for whoever adds one.
    package static var passingSet: Nftables.Set { Nftables.Set(.bridge, Name.passing, key: [.interfaceIndex]) }
    private static var othersSet: Nftables.Set { Nftables.Set(.bridge, Name.others, key: [.interfaceIndex]) }
    private static var armedSet: Nftables.Set {
        Nftables.Set(.bridge, Name.armed, key: [.packetType], flags: .timeout)
    }

    /// PACKET_HOST, PACKET_BROADCAST, PACKET_MULTICAST and PACKET_OTHERHOST of packet(7): whatever a bridge has.
    private static let packetTypes: [UInt8] = [0, 1, 2, 3]

    /// What stands by the time an end is put off.
    package func renewal(at time: Timestamp) -> [TableChange] {
        let elements = Self.packetTypes.map { type in
            DesiredElement(until: until).kernelElement(Nftables.Key(.packetType(type)), at: time)
        }
        return [.deleteElements(Self.armedSet, elements.map(\.key)), .addElements(Self.armedSet, elements)]
    }

    /// What lets devices through.
    package static func release(_ devices: [UInt32]) -> [TableChange] {
        [.addElements(passingSet, devices.map { Nftables.Element(Nftables.Key(.interface(index: $0))) })]
    }

    /// Numbers of the devices that a table which stands lets through; nil where it holds nothing.
    package static func passing(in standing: [Nftables.Family: Nftables.Contents]) -> Set<UInt32>? {
        // Where its time is over, whoever came since then passed and goes on.
        guard let contents = standing[.bridge], contents.sets.contains(where: { $0.name == Name.passing }),
            !(contents.elements[Name.armed] ?? []).isEmpty
        else { return nil }
        let elements = [Name.passing, Name.others].flatMap { contents.elements[$0] ?? [] }
        return Set(elements.compactMap { $0.key.fields([.interfaceIndex])?.first?.number })
    }

    func insert(_ local: Local, into tables: inout [Nftables.Family: DesiredTable]) {
        var bridge = tables[.bridge] ?? DesiredTable(.bridge)
        for (set, numbers) in [(Self.passingSet, local.passing), (Self.othersSet, local.others)] {
            bridge.sets[set.name] = set
            bridge.elements[set.name] = Dictionary(
                uniqueKeysWithValues: numbers.map { (Nftables.Key(.interface(index: $0)), DesiredElement()) }
            )
        }
        bridge.sets[Self.armedSet.name] = Self.armedSet
        bridge.elements[Self.armedSet.name] = Dictionary(
            uniqueKeysWithValues: Self.packetTypes.map {
                (Nftables.Key(.packetType($0)), DesiredElement(until: until))
            }
        )
        for (name, chain) in Self.bridgeChains { bridge.chains[name] = chain }
        tables[.bridge] = bridge
        var device = tables[.netdev] ?? DesiredTable(.netdev)
        for (name, chain) in Self.deviceChains(local.bridges) { device.chains[name] = chain }
        tables[.netdev] = device
    }
}

extension Desired {
    /// Adds what shall be held.
    package mutating func insert(_ plan: HoldPlan) {
        for (namespace, local) in plan.locals { plan.insert(local, into: &namespaces[namespace, default: [:]]) }
    }
}

extension Nftables.Field {
    /// The number of a device, of a field that is one.
    fileprivate var number: UInt32? {
        kind == .interfaceIndex ? first.reversed().reduce(0) { $0 << 8 | UInt32($1) } : nil
    }
}
