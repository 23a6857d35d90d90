import Addressing
import Containers
import Flows
import Records
import Wire

/// Flow records as a busy host has them: 200 containers of 25 identities each, IPv4 and IPv6, half with a name, seen at one to
/// three places. The same in every run.
struct SampleFlows {
    /// Of the last record.
    private(set) var time = SampleFlows.start
    private var number: UInt64 = 0
    private let identities: [SharedIdentity]
    private let outside = SharedIdentity(Identity(kind: .outside, confidence: .likely))
    private let points: [ObservationPoint]

    static var start: Timestamp { Timestamp(nanoseconds: 1_790_000_000_000_000_000) }
    private static var containers: Int { 200 }
    /// Runs and placements of one container that tell its identities apart.
    private static var generations: Int { 25 }

    init() {
        identities = (0..<(Self.containers * Self.generations)).map { SharedIdentity(Self.identity($0)) }
        points = (0..<Self.containers).map {
            ObservationPoint(interface: "veth\($0)", interfaceIndex: UInt32($0 + 10), namespace: 4_026_531_840)
        }
    }

    private static func identity(_ place: Int) -> Identity {
        let (number, generation) = (place % containers, place / containers)
        var identity = Identity(kind: .container, method: .interface, confidence: .certain)
        var container = SampleGraph.container(number)
        container.key = ContainerKey(identifier: container.key.identifier, generation: UInt32(generation + 1))
        container.namespace = NetworkNamespace(inode: UInt64(4_026_532_000 + place))
        identity.container = container
        identity.namespace = container.namespace
        identity.bridgeName = "br\(number % 8)"
        return identity
    }

    /// A number that looks random and is the same in every run. https://prng.di.unimi.it/splitmix64.c
    private mutating func random() -> UInt64 {
        number &+= 0x9e37_79b9_7f4a_7c15
        var word = number
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    mutating func next() -> FlowRecord {
        let (name, shape) = (random(), random())
        time = Timestamp(nanoseconds: time.nanoseconds + Int64(shape % 40_000))
        let source = Int(shape >> 8) % identities.count
        let destination = Int(shape >> 24) % identities.count
        let isIPv6 = shape >> 40 & 3 == 0
        let leaves = shape >> 42 & 3 == 0
        let packets = 1 + shape >> 44 & 0x3ff
        var record = FlowRecord(
            action: .ended,
            identifier: FlowIdentifier(bits: name),
            first: Timestamp(nanoseconds: time.nanoseconds - Int64(name % 30_000_000_000)),
            last: time,
            source: FlowRecord.End(
                FlowTranslation.End(address: Self.address(source, isIPv6), port: UInt16(32_768 + name % 28_000)),
                mac: MACAddress(bits: 0x0242_0000_0000 | UInt64(source)),
                packets: packets,
                bytes: packets * 90
            ),
            destination: FlowRecord.End(
                FlowTranslation.End(address: Self.address(destination, isIPv6), port: SampleGraph.port(destination)),
                mac: MACAddress(bits: 0x0242_0000_0000 | UInt64(destination)),
                packets: packets,
                bytes: packets * 900
            ),
            protocolNumber: 6
        )
        record.endReason = .fin
        record.connectionState = .sf
        record.state = .closed
        record.history = "ShADadFf"
        record.application = .tls
        if shape >> 54 & 1 == 0 { record.destination.domain = "service-\(destination % 500).example.org" }
        record.identities = FlowIdentities(
            source: identities[source],
            destination: leaves ? outside : identities[destination],
            hostName: "node"
        )
        record.path = (0...Int(shape >> 56) % 3).map { place in
            FlowRecord.Place(
                point: points[(source + place * 7) % points.count],
                packets: packets * 2,
                bytes: packets * 990,
                isTranslated: false
            )
        }
        return record
    }

    private static func address(_ place: Int, _ isIPv6: Bool) -> IPAddress {
        isIPv6
            ? .v6(IPv6Address(high: 0xfd00_0000_0000_0000, low: UInt64(place)))
            : .v4(IPv4Address(bits: 0x0a00_0000 | UInt32(place)))
    }
}
