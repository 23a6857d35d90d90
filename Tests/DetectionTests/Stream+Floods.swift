import Addressing
import Containers
import Flows

@testable import Detection

/// What floods are made of: flows in masses, and what a segment's hosts say.
extension Stream {
    /// A flow begins.
    @discardableResult
    mutating func begin(
        _ source: Party,
        _ destination: Party,
        _ port: UInt16,
        at seconds: Double,
        opening: Opening = .syn,
        sourcePort: UInt16 = 0
    ) -> FlowFact {
        serial += 1
        var fact = FlowFact(
            .began,
            at: Self.time(seconds),
            serial: serial,
            identifier: FlowIdentifier(bits: UInt64(serial)),
            from: source,
            to: destination,
            protocolNumber: Self.protocolNumber(opening),
            port: port,
            opening: opening
        )
        fact.sourcePort = sourcePort
        begin(fact)
        collect()
        return fact
    }

    /// A flow that began ends, or goes on.
    mutating func end(
        _ fact: FlowFact,
        _ phase: FlowFact.Phase = .ended,
        at seconds: Double,
        _ state: ConnectionState,
        packets: (UInt64, UInt64)
    ) {
        var end = fact
        end.phase = phase
        end.time = Self.time(seconds)
        end.last = end.time
        end.state = state
        (end.sourcePackets, end.destinationPackets) = packets
        proceed(end)
        collect()
    }

    mutating func answer(_ fact: FlowFact, at seconds: Double, isRefusal: Bool = false) {
        settle(fact.serial, as: isRefusal ? .refused : .answered, at: Self.time(seconds))
        collect()
    }

    mutating func hear(_ kind: Hearsay.Kind, by speaker: Party, at seconds: Double) {
        detectors.take(Hearsay(kind, by: speaker, at: Self.time(seconds)))
        collect()
    }

    private static func protocolNumber(_ opening: Opening) -> UInt8 {
        switch opening {
        case .datagram: 17
        case .echo: 1
        case .sctp: 132
        default: 6
        }
    }

    /// Somebody of whom nothing but an address is known.
    static func stranger(_ number: Int) -> Party {
        Party(.v4(IPv4Address(bits: 0xc000_0000 &+ UInt32(truncatingIfNeeded: number))))
    }
}
