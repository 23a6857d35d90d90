import Addressing

/// One of the files of a merge, and how far it was taken.
@safe struct MergeSource: ~Copyable {
    var reader: CaptureFileReader

    /// Of the next frame in the reader's batch.
    private(set) var next = 0

    /// The file's interfaces among those of the whole merge, by their number in the file.
    private(set) var interfaces: [UInt32] = []

    /// When the last frame passed that was taken; nil before the first.
    private(set) var last: Timestamp?

    /// Whether it was looked for a file that this one goes on with.
    var hasBegun = false

    /// Whether the file is at its end, and whether another one goes on where it ended.
    private(set) var isOver = false
    var isContinued = false

    /// How far its clock was from that of the others, where it is known.
    private let shift: ClockShift?

    /// Names of the file that were handed on already.
    private var namesTaken = 0

    init(_ reader: consuming CaptureFileReader, shift: ClockShift? = nil) {
        self.reader = reader
        self.shift = shift
    }

    /// When the next frame passed; there must be one.
    var time: Timestamp { unsafe corrected(frames[next].time) }

    /// Bytes of the next frame; there must be one.
    var nextLength: Int { Int(unsafe frames[next].capturedLength) }

    /// The frames of the reader's batch that were not taken yet.
    var left: Int { unsafe frames.count - next }

    private var frames: UnsafeBufferPointer<Frame> { unsafe reader.unsafeBatch.frames }

    /// Takes the next frame; there must be one. Its interface is renumbered, its offset is still the reader's.
    mutating func take() -> Frame {
        var frame = unsafe frames[next]
        frame.interface = interfaces[Int(frame.interface)]
        frame.time = corrected(frame.time)
        next += 1
        last = frame.time
        return frame
    }

    /// Reads on when all frames of the batch were taken; false at the end of the file.
    ///
    /// Interfaces that the file has described meanwhile get the numbers after `total`, which grows.
    mutating func refill(total: inout [(source: Int, interface: Int)], source: Int) throws(CaptureError) -> Bool {
        next = 0
        let hasMore = try reader.advance()
        isOver = !hasMore
        while interfaces.count < reader.interfaceCount {
            total.append((source, interfaces.count))
            interfaces.append(UInt32(truncatingIfNeeded: total.count - 1))
        }
        return hasMore
    }

    /// Takes the numbers of another file's interfaces for those that are described alike.
    mutating func goOn(_ interfaces: [CaptureInterface], numbered numbers: [UInt32]) {
        for (place, interface) in zip(self.interfaces.indices, interfaces)
        where interface.isDescribed(as: reader.interfaces[place]) { self.interfaces[place] = numbers[place] }
    }

    /// Adds the names that the file gave since the last call.
    mutating func takeNames(into names: inout [ResolvedName]) {
        guard reader.nameCount > namesTaken else { return }
        names += reader.names[namesTaken...]
        namesTaken = reader.nameCount
    }

    /// How many of the next frames come before the moment another file's next frame passed.
    ///
    /// At the same moment the file that was named first comes first.
    func run(before other: Timestamp, winsTies: Bool) -> Int {
        let frames = unsafe frames
        var end = next
        while end < frames.count {
            let time = unsafe corrected(frames[end].time)
            guard time < other || winsTies && time == other else { break }
            end += 1
        }
        return end - next
    }

    private func corrected(_ time: Timestamp) -> Timestamp {
        guard let shift else { return time }
        return shift.corrected(time)
    }
}
