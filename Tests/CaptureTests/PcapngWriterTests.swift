import Addressing
import Testing

@testable import Capture

@Suite("Writing pcapng")
struct PcapngWriterTests {
    /// A frame as it comes back.
    private struct Read: Equatable {
        var bytes: [UInt8]
        var wireLength: UInt32
        var time: Int64
        var interface: UInt32
        var linkType: UInt16
    }

    private static func read(_ file: [UInt8]) throws -> (frames: [Read], interfaces: [CaptureInterface]) {
        var capture = try CaptureMerge(captures: [file])
        var frames: [Read] = []
        while try capture.advance() {
            let batch = capture.batch
            for index in batch.frames.indices {
                let frame = batch.frames[index]
                let span = batch.bytes(of: frame)
                frames.append(
                    Read(
                        bytes: unsafe span.withUnsafeBytes { unsafe Array($0) },
                        wireLength: frame.wireLength,
                        time: frame.time.nanoseconds,
                        interface: frame.interface,
                        linkType: frame.linkType
                    )
                )
            }
        }
        return (frames, capture.interfaces)
    }

    @Test func whatIsWrittenComesBack() throws {
        var writer = PcapngWriter(application: "a test")
        let first = writer.describe(interface: "eth0", linkType: 1)
        var file = writer.takeBytes()
        let second = writer.describe(interface: nil, linkType: 276)
        var expected: [Read] = []
        for length in 0..<9 {
            let bytes = (0..<length).map { UInt8($0) }
            let time = 1_795_551_771_123_456_789 + Int64(length)
            let isFirst = length % 2 == 0
            writer.add(
                bytes,
                wireLength: length * 10,
                at: Timestamp(nanoseconds: time),
                interface: isFirst ? first : second
            )
            expected.append(
                Read(
                    bytes: bytes,
                    wireLength: UInt32(length * 10),
                    time: time,
                    interface: isFirst ? 0 : 1,
                    linkType: isFirst ? 1 : 276
                )
            )
            file += writer.takeBytes()
        }
        let (frames, interfaces) = try Self.read(file)
        #expect(frames == expected)
        #expect(interfaces.map(\.name) == ["eth0", nil])
        #expect(interfaces.map(\.timestampDigits) == [9, 9])
        #expect(file.count % 4 == 0)
    }

    @Test func aFileWithoutFramesIsOne() throws {
        var writer = PcapngWriter(application: "")
        let (frames, interfaces) = try Self.read(writer.takeBytes())
        #expect(frames.isEmpty)
        #expect(interfaces.isEmpty)
    }

    @Test func namesAreCutAndTimesBeforeTheBeginningAreIt() throws {
        var writer = PcapngWriter(application: String(repeating: "a", count: 70_000))
        let interface = writer.describe(interface: String(repeating: "é", count: 70_000), linkType: 1)
        writer.add([1], wireLength: 0, at: Timestamp(nanoseconds: -1), interface: interface)
        let (frames, interfaces) = try Self.read(writer.takeBytes())
        #expect(frames == [Read(bytes: [1], wireLength: 1, time: 0, interface: 0, linkType: 1)])
        #expect((interfaces[0].name?.utf8.count ?? 0) < 300)
    }
}
