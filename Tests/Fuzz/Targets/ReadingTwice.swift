import Addressing
import Capture

/// Reads a capture as a whole and again in chunks so small that every record lies across a border.
///
/// Both must end and give the same frames: where a chunk happens to end is nothing that may show. Why a damaged file
/// ended may differ: the first of two faults to be met depends on how far was read ahead.
func readTwice(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    let whole = Reading(of: bytes, chunkLength: 256 << 10)
    let chunked = Reading(of: bytes, chunkLength: 64)
    // The message of a precondition is not in a release build.
    if whole != chunked { fatalError("\(whole) in one, \(chunked) in chunks") }
    return 0
}

/// What reading a capture came to.
private struct Reading: Hashable {
    /// It was opened; a file that is refused is no capture.
    var isCapture = false
    var frames = 0

    /// Sum over every captured byte and every field of the frames, in order.
    var digest: UInt64 = 1

    init(of bytes: [UInt8], chunkLength: Int) {
        guard var reader = try? CaptureFileReader(bytes: bytes, chunkLength: chunkLength) else { return }
        isCapture = true
        // A read that fails ends the file as one that is over does; what came before stays good.
        while (try? reader.advance()) == true {
            add(reader.notes)
            add(reader.batch)
        }
        add(reader.notes)
    }

    /// What a recording says between frames, in its place.
    private mutating func add(_ notes: [RecordedNote]) {
        for note in notes {
            mix(UInt64(note.kind) << 2 | (note.isRepeated ? 2 : 0) | (note.isContinued ? 1 : 0))
            for byte in note.bytes { mix(UInt64(byte)) }
        }
    }

    private mutating func add(_ batch: borrowing FrameBatch) {
        precondition(batch.frames.count <= FrameBatch.maximumCount)
        for index in batch.frames.indices {
            let frame = batch.frames[index]
            precondition(frame.capturedLength <= frame.wireLength)
            frames += 1
            mix(UInt64(bitPattern: frame.time.nanoseconds))
            mix(UInt64(frame.wireLength) << 32 | UInt64(frame.interface))
            mix(UInt64(frame.linkType))
            let bytes = batch.bytes.extracting(frame.offset..<frame.offset + Int(frame.capturedLength))
            // Checked against the span; unsafe only for types that not every byte pattern is a value of.
            for place in 0..<bytes.byteCount {
                mix(UInt64(unsafe bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)))
            }
        }
    }

    private mutating func mix(_ word: UInt64) {
        digest = (digest ^ word) &* 0x9e37_79b9_7f4a_7c15
        digest ^= digest >> 32
    }
}
