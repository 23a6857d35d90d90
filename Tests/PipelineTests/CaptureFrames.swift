import Addressing
import Foundation
import Pipeline
import Support

/// The frames of one of the project's own captures, to be fed by hand: a pcap in microseconds.
struct CaptureFrames {
    let bytes: [UInt8]
    private(set) var frames: [Frame] = []

    init(_ name: String) throws {
        bytes = [UInt8](try Data(contentsOf: SharedCaptures.own.appendingPathComponent(name)))
        let linkType = UInt16(Self.word(bytes, 20))
        var offset = 24
        while offset + 16 <= bytes.count {
            let count = Self.word(bytes, offset + 8)
            let microseconds = Int64(Self.word(bytes, offset)) * 1_000_000 + Int64(Self.word(bytes, offset + 4))
            frames.append(
                Frame(
                    offset: offset + 16,
                    time: Timestamp(nanoseconds: microseconds * 1000),
                    capturedLength: UInt32(count),
                    wireLength: UInt32(count),
                    interface: 0,
                    linkType: linkType
                )
            )
            offset += 16 + count
        }
    }

    /// Only those that `isWanted` says yes to, under another interface's number.
    func interface(_ number: UInt32, where isWanted: (Int) -> Bool = { _ in true }) -> Self {
        var copy = self
        copy.frames = frames.indices.filter(isWanted).map { index in
            var frame = frames[index]
            frame.interface = number
            return frame
        }
        return copy
    }

    /// Feeds all frames in batches of so many.
    func feed(_ pipeline: inout Pipeline, batch size: Int = 64) {
        for start in stride(from: 0, to: frames.count, by: size) {
            let part = Array(frames[start..<min(start + size, frames.count)])
            unsafe pipeline.frames(FrameBatch(bytes: bytes.span.bytes, frames: part.span))
        }
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
}
