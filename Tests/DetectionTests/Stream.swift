import Addressing
import Containers
import Flows

@testable import Detection

/// Events as a pipeline would tell them, and what was found.
struct Stream {
    var detectors = Detectors()
    private(set) var alerts: [Alert] = []
    var serial: UInt32 = 0
    var tries = Tries()
    /// Connections tried so far, and how many there were when something was found first.
    private(set) var contacts = 0
    private(set) var contactsAtFirst: Int?

    /// What becomes of a try.
    enum Outcome { case answer, refusal, silence }

    static func time(_ seconds: Double) -> Timestamp { Timestamp(nanoseconds: Int64(seconds * 1e9)) }

    static func pod(_ name: String, _ address: String) -> Party {
        var container = Container(key: ContainerKey(identifier: name, generation: 1))
        container.description.name = name
        return Party(host(address), kind: .container, confidence: .certain, container: container)
    }

    static func host(_ address: String) -> IPAddress { IPAddress(address) ?? .v4(IPv4Address(bits: 0)) }

    /// Somebody tries a port; what answers does so after a millisecond.
    @discardableResult
    mutating func attempt(
        _ source: Party,
        _ destination: String,
        _ port: UInt16,
        at seconds: Double,
        _ outcome: Outcome,
        opening: Opening = .syn
    ) -> UInt32 {
        attempt(source, Party(Self.host(destination)), port, at: seconds, outcome, opening: opening)
    }

    @discardableResult
    mutating func attempt(
        _ source: Party,
        _ destination: Party,
        _ port: UInt16,
        at seconds: Double,
        _ outcome: Outcome,
        opening: Opening = .syn
    ) -> UInt32 {
        serial += 1
        contacts += 1
        let protocolNumber: UInt8 =
            switch opening {
            case .datagram: 17
            case .echo: 1
            case .sctp: 132
            default: 6
            }
        let fact = FlowFact(
            .began,
            at: Self.time(seconds),
            serial: serial,
            identifier: FlowIdentifier(bits: UInt64(serial)),
            from: source,
            to: destination,
            protocolNumber: protocolNumber,
            port: port,
            opening: opening
        )
        begin(fact)
        switch outcome {
        case .answer: settle(serial, as: .answered, at: Self.time(seconds + 0.001))
        case .refusal: settle(serial, as: .refused, at: Self.time(seconds + 0.001))
        case .silence: break
        }
        collect()
        return serial
    }

    mutating func pass(to seconds: Double) {
        settle(until: Self.time(seconds))
        detectors.advance(to: Self.time(seconds))
        collect()
    }

    mutating func collect() {
        let found = detectors.takeAlerts()
        if contactsAtFirst == nil, !found.isEmpty { contactsAtFirst = contacts }
        alerts += found
    }

    var rules: [String] { alerts.map(\.rule.rawValue) }
}
