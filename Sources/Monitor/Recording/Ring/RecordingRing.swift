package import Addressing
import CLinux
import Containers
import Glibc
import Synchronization

/// The newest packets of an agent, in files of which the oldest go, and what is kept of them: hard links below `cases`, by name.
///
/// Safe to be asked from any thread, and never waits for the disk: files are linked and removed by the thread that writes them, or by the
/// caller where none writes. Of its bounds the sizes are its settings'; what there is no room for is not kept, counted, and said once.
package final class RecordingRing: Sendable {
    /// What is to be kept under a name.
    struct Wish {
        var span: ClosedRange<Timestamp>
        /// Numbers of files for which there was no room, or that could not be linked.
        var refused: Set<UInt32> = []
    }

    struct KeptFile {
        var bytes: Int
        var names: Set<String>
    }

    struct State {
        /// The oldest first; the last is the one that is written to, as long as it is not over.
        var files: [RingFile] = []
        var wishes: [String: Wish] = [:]
        var kept: [UInt32: KeptFile] = [:]
        var releases: Set<String> = []
        var refused: UInt64 = 0
        /// Of this run.
        var written: UInt64 = 0
        /// When the newest packet passed.
        var newest = Timestamp(nanoseconds: 0)
        /// Has the files' thread look here; nil where nobody writes.
        var wake: (@Sendable () -> Void)?
        /// What is wrong, so that it is said once.
        var isFull = false
        var fault: Int32 = 0
        var remarks: [String] = []
    }

    package let settings: RingSettings
    let state: Mutex<State>
    /// Whoever links and removes has this.
    private let hands = Mutex(())
    /// When the file that is written to is to end, as what was to be kept is over then; the last such moment.
    private let due = Atomic<Int64>(.max)

    /// Looks at what earlier runs have left.
    package init(_ settings: RingSettings) {
        self.settings = settings
        var state = State()
        let names = RecordingSettings(ring: settings)
        state.files = RingFile.left(in: settings.folder, names)
        if var entries = try? DirectoryNames("\(settings.cases)/.", in: CLinux_currentDirectory()) {
            while let (name, _) = entries.next() {
                guard RingSettings.isName(name) else { continue }
                for file in RingFile.left(in: "\(settings.cases)/\(name)", names) {
                    state.kept[file.number, default: KeptFile(bytes: file.bytes, names: [])].names.insert(name)
                }
            }
        }
        self.state = Mutex(state)
    }

    /// The highest number that a file has.
    var highestNumber: UInt32 {
        state.withLock { max($0.files.last?.number ?? 0, $0.kept.keys.max() ?? 0) }
    }

    /// Has the files kept in which packets of that time are, as far as they are there, under a name; also those that are yet to come.
    /// Asked again for a name, the time grows by what is asked for.
    package func keep(name: String, from: Timestamp, until: Timestamp) {
        guard RingSettings.isName(name) else { return }
        let span = from...max(from, until)
        let wake = state.withLock { state in
            if let known = state.wishes[name]?.span {
                state.wishes[name]?.span = min(known.lowerBound, from)...max(known.upperBound, span.upperBound)
            } else {
                // What is over first is forgotten for it, and what is linked stays.
                if state.wishes.count >= RingSettings.nameLimit,
                    let first = state.wishes.min(by: { $0.value.span.upperBound < $1.value.span.upperBound })
                {
                    state.wishes[first.key] = nil
                }
                state.wishes[name] = Wish(span: span)
            }
            setDue(state)
            return state.wake ?? { [self] in work() }
        }
        wake()
    }

    /// Lets go what is kept under a name, and keeps no more of what was asked for.
    package func release(name: String) {
        guard RingSettings.isName(name) else { return }
        let wake = state.withLock { state in
            state.wishes[name] = nil
            state.releases.insert(name)
            setDue(state)
            return state.wake ?? { [self] in work() }
        }
        wake()
    }

    /// What is kept, by name.
    package func kept() -> [KeptRecording] {
        let kept = state.withLock(\.kept)
        var all: [String: KeptRecording] = [:]
        for file in kept.values {
            for name in file.names {
                all[name, default: KeptRecording(name: name)].files += 1
                all[name]?.bytes += file.bytes
            }
        }
        return all.values.sorted { $0.name < $1.name }
    }

    /// How it is.
    package var condition: RingCondition {
        state.withLock { state in
            RingCondition(
                written: state.written,
                files: state.files.count,
                bytes: state.files.reduce(0) { $0 + $1.bytes },
                keptFiles: state.kept.count,
                keptBytes: state.keptBytes,
                refused: state.refused
            )
        }
    }

    /// What a person should know, once.
    package func takeRemarks() -> [String] {
        state.withLock { state in
            defer { state.remarks = [] }
            return state.remarks
        }
    }

    /// Whether the file that is written to is to end, at that time.
    func isDue(at time: Timestamp) -> Bool { time.nanoseconds >= due.load(ordering: .relaxed) }

    /// Another file is begun: what was due is done.
    func fileEnded(at time: Timestamp) {
        if isDue(at: time) { due.store(.max, ordering: .relaxed) }
    }

    private func setDue(_ state: borrowing State) {
        let last = state.wishes.values.map(\.span.upperBound.nanoseconds).max()
        due.store(last ?? .max, ordering: .relaxed)
    }

    /// Does what is asked for, one caller after the other.
    func work() {
        hands.withLock { _ in
            releaseFiles()
            linkFiles()
            removeFiles()
        }
    }
}

extension RecordingRing.State {
    var keptBytes: Int { kept.values.reduce(0) { $0 + $1.bytes } }

    mutating func sayFull(_ settings: RingSettings) {
        if isFull { return }
        isFull = true
        remarks.append(
            "no more packets are kept for alerts: recording.kept in \(settings.cases) is full; release what is not needed"
        )
    }
}

/// What is kept under a name.
package struct KeptRecording: Hashable, Sendable {
    package var name: String
    package var files = 0
    package var bytes = 0
}

/// How much there is of a ring.
package struct RingCondition: Hashable, Sendable {
    /// Bytes that this run has written.
    package var written: UInt64
    /// What is there now, and what of it, or beside it, is kept.
    package var files: Int
    package var bytes: Int
    package var keptFiles: Int
    package var keptBytes: Int
    /// Files that there was no room to keep.
    package var refused: UInt64
}
