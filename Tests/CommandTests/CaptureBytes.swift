import Foundation
import Support

/// Capture files of a few frames, little-endian, in microseconds.
struct CaptureBytes {
    /// A frame and when it passed, in microseconds since 1970.
    struct Frame {
        var time: UInt64
        var bytes: [UInt8]
    }

    var frames: [Frame] = []
    var linkType: UInt32 = 1

    init(linkType: UInt32 = 1, _ frames: [Frame] = []) {
        self.linkType = linkType
        self.frames = frames
    }

    /// Reads one of the project's own captures: a pcap in microseconds.
    init(own name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: SharedCaptures.own.appendingPathComponent(name)))
        func word(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
        linkType = UInt32(word(20))
        var offset = 24
        while offset + 16 <= bytes.count {
            let end = offset + 16 + word(offset + 8)
            let time = UInt64(word(offset)) * 1_000_000 + UInt64(word(offset + 4))
            frames.append(Frame(time: time, bytes: Array(bytes[offset + 16..<end])))
            offset = end
        }
    }

    /// As a pcap file.
    var pcap: [UInt8] {
        var file = Self.words(0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, linkType)
        for frame in frames {
            let count = UInt32(frame.bytes.count)
            file +=
                Self.words(UInt32(frame.time / 1_000_000), UInt32(frame.time % 1_000_000), count, count) + frame.bytes
        }
        return file
    }

    /// As a pcapng file that names IPv4 addresses behind the frames, or in front of them.
    func pcapng(
        names: [(address: [UInt8], name: String)] = [],
        first: Bool = false,
        interface: String = "eth7"
    ) -> [UInt8] {
        var file = Self.block(0x0a0d_0d0a, Self.words(0x1a2b_3c4d, 1, .max, .max))
        file += Self.block(1, Self.words(linkType, 0) + Self.option(2, Array(interface.utf8)) + Self.words(0))
        let resolution = names.map { Self.option(1, $0.address + Array($0.name.utf8) + [0]) }.joined() + Self.words(0)
        if first { file += Self.block(4, Array(resolution)) }
        for frame in frames {
            let count = UInt32(frame.bytes.count)
            let head = Self.words(0, UInt32(frame.time >> 32), UInt32(truncatingIfNeeded: frame.time), count, count)
            file += Self.block(6, head + Self.padded(frame.bytes))
        }
        if !first { file += Self.block(4, Array(resolution)) }
        return file
    }

    private static func words(_ words: UInt32...) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }

    private static func option(_ code: UInt16, _ value: [UInt8]) -> [UInt8] {
        words(UInt32(code) | UInt32(value.count) << 16) + padded(value)
    }

    private static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
        let length = UInt32(body.count + 12)
        return words(type, length) + body + words(length)
    }
}

extension CaptureBytes.Frame {
    /// A datagram in Ethernet and IPv4; ports as given.
    static func udp(
        at time: UInt64,
        from source: [UInt8] = [10, 0, 0, 1],
        to destination: [UInt8] = [10, 0, 0, 2],
        ports: (UInt16, UInt16),
        _ payload: [UInt8] = []
    ) -> Self {
        func pair(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
        let ethernet: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0]
        let length = UInt16(payload.count)
        let ipv4: [UInt8] = [0x45, 0] + pair(length + 28) + [0, 0, 0, 0, 64, 17, 0, 0] + source + destination
        let udp = pair(ports.0) + pair(ports.1) + pair(length + 8) + [0, 0]
        return Self(time: time, bytes: ethernet + ipv4 + udp + payload)
    }
}
