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
    /// Frames that there was no room for, as its last note says.
    var leftOut: UInt64 = 0
    /// Files that lack between those that are there.
    private(set) var missing: UInt32 = 0

    init(_ start: RecordingStart) { self.start = start }

    /// Another file of it begins.
    mutating func goOn(_ next: RecordingStart) {
        isContinued = next.number == start.number &+ 1
        if next.number > start.number { missing &+= next.number - start.number - 1 }
        start = next
    }

    private var startsOver = 0

    /// How often the clock of a host is believed to have been set back.
    static var startOverLimit: Int { 1000 }

    /// Counts one time more; false beyond the bound.
    mutating func mayStartOver() -> Bool {
        startsOver += 1
        return startsOver <= Self.startOverLimit
    }

    /// Interfaces that were told of, and how many were looked at for captures.
    private var interfaces = 0
    private var looks = 0

    /// A capture is told which of the interfaces are its own: of so many at most, in all.
    static var lookLimit: Int { 1 << 24 }

    /// Counts the interfaces that stand in entries.
    mutating func note(_ entries: [JournalEntry]) {
        for entry in entries { if case .interface = entry.change { interfaces += 1 } }
    }

    /// Counts a capture; false beyond the bound.
    mutating func mayWatch() -> Bool {
        looks += 1 + interfaces
        return looks <= Self.lookLimit
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
