public import Addressing
import Wire

/// An ICMP or ICMPv6 error: somebody says that a packet did not arrive, or should go elsewhere.
///
/// Anybody can send one; that the packet it quotes was really sent is for the reader to check.
public struct ICMPError: Hashable, Sendable {
    /// Whether `type` and `code` are ICMPv6's numbers and not ICMP's.
    public var isICMPv6: Bool

    /// What kind of error: in ICMP 3 unreachable, 4 quench, 5 redirect, 11 time exceeded, 12 parameter; in ICMPv6
    /// 1 unreachable, 2 too big, 3 time exceeded, 4 parameter.
    public var type: UInt8

    /// What exactly, within the type: ICMP 3/3 and ICMPv6 1/4 are a closed port, ICMP 3/13 and ICMPv6 1/1 a firewall.
    public var code: UInt8

    /// The largest packet the next link takes, in bytes, when that was the trouble; 0 when an old router does not say.
    public var nextHopMTU: UInt32?

    /// Where an ICMP redirect wants the packets sent instead. ICMPv6 has neighbour discovery for that.
    public var gateway: IPv4Address?

    /// The packet it is about; `nil` when too little of that is quoted, or captured.
    public var quote: QuotedPacket?

    /// Whether it says that nobody is there, or that a firewall stands before it: not that a packet was too large.
    public var isUnreachable: Bool { isICMPv6 ? type == 1 : type == 3 && code != 4 }

    /// `bytes` start with the ICMP type.
    init(_ bytes: RawSpan, isICMPv6: Bool) throws(WireError) {
        let header = try ICMPHeader(bytes)
        self.isICMPv6 = isICMPv6
        type = header.type
        code = header.code
        switch (isICMPv6, type, code) {
        case (false, 3, 4): nextHopMTU = UInt32(bytes.bigEndian(UInt16.self, at: 6))
        case (false, 5, _): gateway = IPv4Address(bits: bytes.bigEndian(UInt32.self, at: 4))
        case (true, 2, _): nextHopMTU = bytes.bigEndian(UInt32.self, at: 4)
        default: break
        }
        quote = QuotedPacket(bytes.extracting(droppingFirst: header.length))
    }
}
