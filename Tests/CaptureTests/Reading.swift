import Addressing
import Capture

/// Everything a reader delivers of one capture, copied out.
struct Reading: Equatable {
    struct Packet: Hashable {
        var time: Int64
        var bytes: [UInt8]
        var wireLength: UInt32
        var interface: UInt32 = 0
        var linkType: UInt16 = 1
    }

    var packets: [Packet] = []
    var interfaces: [CaptureInterface] = []
    var names: [ResolvedName] = []
    var counts = CaptureCounts()
    var ending: CaptureEnding?

    init(_ bytes: [UInt8], chunkLength: Int = 256 << 10) throws {
        var reader = try CaptureFileReader(bytes: bytes, chunkLength: chunkLength)
        try self.init(&reader)
    }

    init(_ reader: inout CaptureFileReader) throws {
        while try reader.advance() { packets += copy(reader.batch) }
        interfaces = reader.interfaces
        names = reader.names
        counts = reader.counts
        ending = reader.ending
    }
}

/// The frames of a batch with their bytes.
func copy(_ batch: borrowing FrameBatch) -> [Reading.Packet] {
    var packets: [Reading.Packet] = []
    for index in 0..<batch.frames.count {
        let frame = batch.frames[index]
        let bytes = batch.bytes.extracting(frame.offset..<(frame.offset + Int(frame.capturedLength)))
        packets.append(
            Reading.Packet(
                time: frame.time.nanoseconds,
                bytes: unsafe bytes.withUnsafeBytes { unsafe Array($0) },
                wireLength: frame.wireLength,
                interface: frame.interface,
                linkType: frame.linkType
            )
        )
    }
    return packets
}
