import Addressing
import Containers
import Flows
import Policy
import Wire

@testable import Detection

/// What DNS, pings and misused UDP services are made of.
extension Stream {
    /// Detectors that go by a policy.
    init(resolvers: [String], thresholds: [ThresholdKey: Int] = [:]) {
        self.init()
        var policy = DeclaredPolicy()
        policy.resolvers = resolvers.compactMap { IPPrefix($0) }
        policy.thresholds = thresholds
        detectors = Detectors(CompiledPolicy(policy))
    }

    /// An answer passes, of a flow of its own.
    mutating func resolve(
        _ name: String,
        _ type: DNSRecordType = .a,
        _ code: DNSResponseCode = .noError,
        for client: Party,
        from server: String = "10.0.0.53",
        length: Int = 120,
        at seconds: Double
    ) {
        serial += 1
        var answer = NameAnswer(
            name,
            type: type,
            code: code,
            length: length,
            answers: 1,
            for: client,
            from: Self.host(server),
            at: Self.time(seconds)
        )
        answer.flow = FlowIdentifier(bits: UInt64(serial))
        detectors.take(answer)
        collect()
    }

    /// A whole flow passes, which begins and ends.
    mutating func converse(
        _ source: Party,
        _ destination: Party,
        _ port: UInt16,
        at seconds: Double,
        lasting length: Double = 1,
        opening: Opening = .datagram,
        packets: (UInt64, UInt64) = (1, 1),
        bytes: (UInt64, UInt64) = (70, 140),
        _ change: (inout FlowFact) -> Void = { _ in }
    ) {
        serial += 1
        let isAnswer = opening == .answer
        var fact = FlowFact(
            .began,
            at: Self.time(seconds),
            serial: serial,
            identifier: FlowIdentifier(bits: UInt64(serial)),
            from: source,
            to: destination,
            protocolNumber: Self.number(opening),
            port: port,
            opening: opening
        )
        (fact.sourcePackets, fact.destinationPackets) = isAnswer ? (0, 1) : (1, 0)
        (fact.sourceBytes, fact.destinationBytes) =
            isAnswer ? (0, bytes.1 / max(1, packets.1)) : (bytes.0 / max(1, packets.0), 0)
        change(&fact)
        detectors.take(fact)
        (fact.phase, fact.time, fact.last) = (.ended, Self.time(seconds + length), Self.time(seconds + length))
        (fact.sourcePackets, fact.destinationPackets) = packets
        (fact.sourceBytes, fact.destinationBytes) = bytes
        fact.state = fact.protocolNumber == 6 ? .sf : .oth
        detectors.take(fact)
        collect()
    }

    private static func number(_ opening: Opening) -> UInt8 {
        switch opening {
        case .datagram, .answer: 17
        case .echo: 1
        default: 6
        }
    }

    /// So many octets that nobody could guess, in labels as long as they may be.
    static func payload(_ octets: Int, _ number: Int) -> String {
        var state = UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15 | 1
        var (text, label) = ("", 0)
        for _ in 0..<octets {
            if label == 60 {
                text += "."
                label = 0
            }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text.unicodeScalars.append(UnicodeScalar(UInt8(0x61 + (state >> 33) % 26)))
            label += 1
        }
        return text
    }
}
