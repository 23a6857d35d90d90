import Foundation
import Testing

@testable import Records

@Suite("JSON record writer")
struct JSONRecordWriterTests {
    private struct DiskFull: Error {}

    private func filled() -> JSONRecordWriter {
        let writer = JSONRecordWriter()
        while writer.count <= JSONRecordWriter.pieceSize { writer.write(CaptureSummary()) }
        return writer
    }

    @Test func givesEveryByteAwayOnceAndInOrder() {
        let writer = filled()
        let expected = writer.bytes
        var written: [UInt8] = []
        var pieces = 0
        writer.drain { piece in
            pieces += 1
            for index in piece.indices { written.append(piece[index]) }
        }
        #expect(pieces == 2)
        #expect(written == expected)
        #expect(writer.count == 0)
        writer.drain { _ in Issue.record("nothing was left") }
    }

    @Test func forgetsWhatCouldNotBeWritten() {
        let writer = filled()
        var pieces = 0
        #expect(throws: DiskFull.self) {
            try writer.drain { _ in
                pieces += 1
                throw DiskFull()
            }
        }
        #expect(pieces == 1)
        #expect(writer.count == 0)
    }

    @Test func writesTheSameBytesForTheSameFrames() {
        let runs = (0..<2).map { _ in
            let recording = Recording(.all)
            for number in 0..<200 {
                let datagram = FrameBytes.udp(UInt16(1000 + number * 7 % 50), 9999, [UInt8](repeating: 1, count: 40))
                let packet = FrameBytes.ipv4(17, from: UInt8(number % 20), to: 200, datagram)
                recording.take(FrameBytes.ethernet(0x0800, packet), at: Int64(number) * 1_000_000)
            }
            return recording.lines()
        }
        #expect(runs[0].count > 100)
        #expect(runs[0] == runs[1])
    }

    /// Headers that lie, in tunnels: whatever comes of it, each line is JSON and an object.
    @Test func writesOnlyLinesThatParse() throws {
        let request = FrameBytes.tcp(40_000, 80, flags: 24, Array("GET /\"\\ HTTP/1.1\r\nHost: \u{1b}[2J\r\n\r\n".utf8))
        let inner = FrameBytes.ethernet(0x0800, vlans: [3], FrameBytes.ipv4(6, from: 1, to: 2, request))
        let whole = FrameBytes.vxlan(9, from: 3, to: 4, inner)
        let recording = Recording(.all)
        for number in 0..<3000 {
            var frame = whole
            for _ in 0..<Int.random(in: 0..<4) { frame[Int.random(in: frame.indices)] = .random(in: 0...255) }
            recording.take(Array(frame.prefix(Int.random(in: 0...frame.count))), at: Int64(number))
        }
        let lines = recording.lines()
        #expect(lines.count > 10)
        for line in lines { _ = try Recording.parse(line) }
    }
}
