package import Addressing

/// A flow's Community ID, version 1, seed 0: the same name for the same ends in every tool that knows it.
///
/// https://github.com/corelight/community-id-spec. The digest of seed, both addresses, protocol and ports, the smaller
/// end first, so that the direction does not matter. ICMP's type and code stand in for ports; kinds of message that
/// nothing answers keep their direction.
package struct CommunityID {
    /// SHA-1 of the tuple.
    let digest: InlineArray<20, UInt8>

    /// For ICMP the ports are the type and the code. Those of protocols that have none in the specification, such as
    /// UDP-Lite, are ignored.
    package init(
        protocolNumber: UInt8,
        source: IPAddress,
        destination: IPAddress,
        sourcePort: UInt16,
        destinationPort: UInt16
    ) {
        var ports: (UInt16, UInt16)? = (sourcePort, destinationPort)
        var isOneWay = false
        switch protocolNumber {
        case 6, 17, 132: break
        case 1, 58:
            if let answer = Self.counterpart(of: sourcePort, isIPv6: protocolNumber == 58) {
                ports = (sourcePort, answer)
            } else {
                isOneWay = true
            }
        default: ports = nil
        }
        let isOrdered =
            isOneWay || source < destination
            || source == destination && (ports.map { $0.0 < $0.1 } ?? true)
        var tuple = Tuple()
        tuple.append(0, octets: 2)
        tuple.append(isOrdered ? source : destination)
        tuple.append(isOrdered ? destination : source)
        tuple.append(UInt64(protocolNumber), octets: 1)
        tuple.append(0, octets: 1)
        if let (first, second) = ports {
            tuple.append(UInt64(isOrdered ? first : second), octets: 2)
            tuple.append(UInt64(isOrdered ? second : first), octets: 2)
        }
        digest = SHA1.digest(tuple.octets.span.extracting(..<tuple.count))
    }

    /// The type that answers a type of ICMP message, or is answered by it; nil when nothing is.
    private static func counterpart(of type: UInt16, isIPv6: Bool) -> UInt16? {
        switch (isIPv6, type) {
        case (false, 0): 8
        case (false, 8): 0
        case (false, 9): 10
        case (false, 10): 9
        case (false, 13), (false, 15), (false, 17): type + 1
        case (false, 14), (false, 16), (false, 18): type - 1
        case (true, 128), (true, 130), (true, 133), (true, 135), (true, 139), (true, 144): type + 1
        case (true, 129), (true, 131), (true, 134), (true, 136), (true, 140), (true, 145): type - 1
        default: nil
        }
    }

    /// What is digested: at most 40 octets.
    private struct Tuple {
        var octets = InlineArray<40, UInt8>(repeating: 0)
        var count = 0

        mutating func append(_ value: UInt64, octets width: Int) {
            for position in 0..<width {
                octets[count] = UInt8(truncatingIfNeeded: value >> UInt64((width - 1 - position) * 8))
                count += 1
            }
        }

        mutating func append(_ address: IPAddress) {
            switch address {
            case .v4(let address):
                append(UInt64(address.bits), octets: 4)
            case .v6(let address):
                append(address.high, octets: 8)
                append(address.low, octets: 8)
            }
        }
    }
}
