public import Addressing
import Wire

/// What an ARP packet says: which hardware address is behind which IPv4 address, and whom it wants to know that of.
public struct ARPClaim: Hashable, Sendable {
    /// What an ARP packet is for.
    public enum Kind: UInt8, Sendable {
        /// Who has the target address?
        case request
        /// The sender has its address; said to one that asked, or should have.
        case reply
        /// The sender speaks of its own address unasked, as request or reply: after a change, or to poison.
        case gratuitous
        /// Is the target address free? The sender has none yet. RFC 5227, section 1.1.
        case probe
    }

    /// What it is for.
    public var kind: Kind

    /// The hardware address of the sender as it claims; compare `Sighting.senderHardwareAddress`.
    public var senderHardwareAddress: MACAddress

    /// The address that the sender claims; 0.0.0.0 in a probe.
    public var senderAddress: IPv4Address

    /// Whom it is for; zero, or anything, in a request.
    public var targetHardwareAddress: MACAddress

    /// The address that is asked for, or that of whoever asked.
    public var targetAddress: IPv4Address

    /// Fails for operations other than request and reply: reverse and inverse ARP are not spoken over Ethernet today.
    init(_ packet: borrowing ARPPacket) throws(WireError) {
        senderHardwareAddress = packet.senderHardwareAddress
        senderAddress = packet.senderProtocolAddress
        targetHardwareAddress = packet.targetHardwareAddress
        targetAddress = packet.targetProtocolAddress
        guard packet.operation == 1 || packet.operation == 2 else { throw .malformed(.arp) }
        let isRequest = packet.operation == 1
        if isRequest, senderAddress.bits == 0 {
            kind = .probe
        } else if packet.isGratuitous {
            kind = .gratuitous
        } else {
            kind = isRequest ? .request : .reply
        }
    }
}
