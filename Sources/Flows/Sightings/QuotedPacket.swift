public import Addressing
import Wire

/// Whose packet an ICMP error quotes: the beginning of its IP header and of what came after.
///
/// RFC 792 has eight bytes of payload quoted, RFC 1812 and RFC 4443 as many as fit; both hold the ports.
public struct QuotedPacket: Hashable, Sendable {
    /// Who sent the packet.
    public var source: IPAddress

    /// Whom it did not reach.
    public var destination: IPAddress

    /// The transport's protocol number as IANA registers them. An extension header's when it was cut off before that.
    public var protocolNumber: UInt8

    /// The sender's port; `nil` without ports: another protocol, a later fragment, or cut off.
    public var sourcePort: UInt16?

    /// The receiver's port; `nil` when `sourcePort` is.
    public var destinationPort: UInt16?

    /// Extension headers that are stepped over; a sound packet has a few.
    private static var maximumExtensions: Int { 8 }

    /// `nil` when no whole IP header is there.
    init?(_ bytes: RawSpan) {
        guard bytes.byteCount > 0 else { return nil }
        do throws(WireError) {
            if bytes[0] >> 4 == 6 {
                try self.init(ipv6: bytes)
            } else {
                try self.init(ipv4: bytes)
            }
        } catch {
            // The error itself was read and is told; only what it is about stays unknown.
            return nil
        }
    }

    private init(ipv4 bytes: RawSpan) throws(WireError) {
        let header = try IPv4Header(bytes)
        source = .v4(IPv4Address(bits: header.source))
        destination = .v4(IPv4Address(bits: header.destination))
        protocolNumber = header.payloadProtocol
        if !header.isLaterFragment { readPorts(bytes, at: header.length) }
    }

    private init(ipv6 bytes: RawSpan) throws(WireError) {
        let header = try IPv6Header(bytes)
        let (from, to) = (header.source, header.destination)
        source = .v6(IPv6Address(high: from.high, low: from.low))
        destination = .v6(IPv6Address(high: to.high, low: to.low))
        protocolNumber = header.nextHeader
        var offset = IPv6Header.length
        do throws(WireError) {
            for _ in 0..<Self.maximumExtensions {
                let rest = bytes.extracting(droppingFirst: offset)
                switch protocolNumber {
                case 0, 43, 60, 139, 140:
                    let extensionHeader = try IPv6ExtensionHeader(rest, layer: .destination)
                    offset &+= extensionHeader.length
                    protocolNumber = extensionHeader.nextHeader
                case 44:
                    let fragment = try FragmentHeader(rest)
                    offset &+= fragment.length
                    protocolNumber = fragment.nextHeader
                    if fragment.offset != 0 { return }
                case 51:
                    let authentication = try AHHeader(rest)
                    offset &+= authentication.length
                    protocolNumber = authentication.nextHeader
                default:
                    readPorts(bytes, at: offset)
                    return
                }
            }
        } catch {
            // Quotes end anywhere: the addresses are known already.
        }
    }

    /// TCP, UDP, DCCP, SCTP and UDP-Lite all begin with their ports.
    private mutating func readPorts(_ bytes: RawSpan, at offset: Int) {
        switch protocolNumber {
        case 6, 17, 33, 132, 136:
            guard bytes.byteCount >= offset &+ 4 else { return }
            sourcePort = bytes.bigEndian(UInt16.self, at: offset)
            destinationPort = bytes.bigEndian(UInt16.self, at: offset &+ 2)
        default: break
        }
    }
}
