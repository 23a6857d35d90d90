import Addressing
import Wire

/// Two bytes of link type, little-endian, then a frame.
///
/// The frame is decoded twice in one batch, as a whole one and as one that the snapshot cut, and everything that reads
/// further in a packet is let loose on what the dissector found. The input lies in a buffer of its exact size, so the
/// address sanitizer sees every read past the end.
func fuzzDissector(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= 2 else { return -1 }
    let input = unsafe UnsafeRawBufferPointer(start: start, count: count).bytes
    let length = UInt32(count - 2)
    let frames: InlineArray<2, Frame> = [
        frame(input, capturedLength: length, wireLength: length),
        frame(input, capturedLength: length, wireLength: length + 1000),
    ]
    var dissector = Dissector()
    var packets = PacketBatch()
    dissector.dissect(FrameBatch(bytes: input, frames: frames.span), into: &packets)
    precondition(packets.count == 2)
    for index in 0..<packets.count {
        check(packets[index], frameLength: count - 2)
        readFurther(packets[index], in: input.extracting(droppingFirst: 2))
    }
    return 0
}

private func frame(_ input: RawSpan, capturedLength: UInt32, wireLength: UInt32) -> Frame {
    Frame(
        offset: 2,
        time: Timestamp(nanoseconds: 0),
        capturedLength: capturedLength,
        wireLength: wireLength,
        interface: 0,
        linkType: UInt16(input[0]) | UInt16(input[1]) << 8
    )
}

/// What every reader of a packet takes for granted.
private func check(_ packet: Packet, frameLength: Int) {
    if packet.payloadCaptured > 0 {
        precondition(Int(packet.payloadOffset) + Int(packet.payloadCaptured) <= frameLength)
    }
    precondition(packet.linkOffset < frameLength || packet.linkOffset <= 0)
    precondition(packet.outerOffset < frameLength)
    precondition(!packet.flags.isSuperset(of: [.ipv4, .ipv6]))
}

/// Reads the payload as every protocol, not only as the one it is recognised as.
private func readFurther(_ packet: Packet, in frame: RawSpan) {
    // Nothing was captured where the options of a header that was cut would end.
    guard packet.payloadCaptured > 0 else { return }
    let start = Int(packet.payloadOffset)
    let payload = frame.extracting(start..<start + Int(packet.payloadCaptured))
    let isTCP = packet.protocolNumber == 6
    let recognised = ApplicationProtocol.recognise(
        payload,
        isTCP: isTCP,
        sourcePort: packet.lowPort,
        destinationPort: packet.highPort
    )
    _ = ApplicationDetails.details(of: payload, as: recognised, isTCP: isTCP, isFromServer: false)
    _ = ApplicationDetails.details(of: payload, as: recognised, isTCP: isTCP, isFromServer: true)
    _ = try? DNSMessage(payload)
    _ = try? DNSMessage(segment: payload)
    _ = try? DHCPMessage(payload)
    _ = try? DHCPv6Message(payload)
    _ = try? NeighbourDiscovery(payload)
    _ = try? ARPPacket(payload)
}
