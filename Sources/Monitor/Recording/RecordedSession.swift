import Capture
import Containers

/// How far the replay of a recording is.
struct RecordedSession {
    private(set) var start: RecordingStart
    /// Whether what is repeated is known from the file before.
    private(set) var isContinued = false
    /// Changes that became so at once with those of the note to come.
    var entries: [JournalEntry] = []
    /// Which of the captures each interface of the files is.
    private var captures: [UInt32?] = []
    private(set) var hasEnded = false
    private(set) var leftOut: UInt64 = 0
    /// Files that lack between those that are there.
    private(set) var missing: UInt32 = 0

    init(_ start: RecordingStart) { self.start = start }

    /// Another file of it begins.
    mutating func goOn(_ next: RecordingStart) {
        isContinued = next.number == start.number &+ 1
        if next.number > start.number { missing &+= next.number - start.number - 1 }
        start = next
    }

    mutating func end(leftOut: UInt64) {
        hasEnded = true
        self.leftOut = leftOut
    }

    /// Learns of interfaces that were described since.
    mutating func learn(_ capture: borrowing CaptureMerge) {
        while captures.count < capture.interfaceCount {
            captures.append(capture.interface(captures.count).recordedCapture)
        }
    }

    /// The capture that an interface's frames came from; nil of an interface that no recording has described.
    func capture(of interface: UInt32) -> UInt32? {
        Int(interface) < captures.count ? captures[Int(interface)] : nil
    }
}
