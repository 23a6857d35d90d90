extension ApplicationProtocol {
    /// What a payload belongs to, from its first sixteen bytes; `unknown` when they leave doubt.
    ///
    /// A few integer compares, nothing allocated. Only text that begins like several protocols is read further, and
    /// never past 512 bytes.
    ///
    /// Call it for the first payloads of both directions: either may be the one that tells.
    public static func recognise(
        _ payload: RawSpan,
        isTCP: Bool,
        sourcePort: UInt16,
        destinationPort: UInt16
    ) -> Self {
        let head = PayloadHead(payload, sourcePort: sourcePort, destinationPort: destinationPort)
        return isTCP ? stream(head, payload) : datagram(head, payload)
    }

    private static func stream(_ head: PayloadHead, _ payload: RawSpan) -> Self {
        let first = head.octet(0)
        if first >= 0x20, first < 0x7f {
            let text = text(head, payload)
            if text != .unknown { return text }
        }
        if head.isTLS { return .tls }
        if head.isDNSOverTCP { return .dns }
        return head.binaryStream
    }

    private static func datagram(_ head: PayloadHead, _ payload: RawSpan) -> Self {
        if head.octet(0) >= 0x80, head.isQUIC(payload) { return .quic }
        if head.isDTLS { return .dtls }
        let byPort = head.portBoundDatagram
        if byPort != .unknown { return byPort }
        let unbound = head.datagram
        return unbound == .unknown && head.isUnmistakablyDNS ? .dns : unbound
    }
}
