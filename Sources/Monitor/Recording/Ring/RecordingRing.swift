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
        /// Whether files were not looked at for it that are over.
        var isNew = true
        /// Files below that number are not its own, whatever their time: the clock was set since.
        var first: UInt32 = 0
    }

    struct State {
        /// The oldest first; the last is the one that is written to, as long as it is not over.
        var files: [RingFile] = []
        /// Of all of them.
        var bytes = 0
        var wishes: [String: Wish] = [:]
        var kept = KeptFiles()
        /// What counts as kept and is yet to be linked.
        var links: [(name: String, file: RingFile)] = []
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
        /// When it was last looked at what is kept, as there was no room: monotonic nanoseconds.
        var looked: Int64?
        var fault: Int32 = 0
        var remarks: [String] = []
    }

    package let settings: RingSettings
    let state: Mutex<State>
    /// Whoever links and removes has this.
    private let hands = Mutex(())
    /// When the file that is written to is to end, as what was to be kept is over then; the last such moment.
    private let due = Atomic<Int64>(.max)
    /// Whether the files' thread was asked to look here and did not yet.
    let isAsked = Atomic(false)

    /// Looks at what earlier runs have left.
    package init(_ settings: RingSettings) {
        self.settings = settings
        var state = State()
        state.files = RingFile.left(in: settings.folder, RecordingSettings(ring: settings))
        state.bytes = state.files.reduce(0) { $0 + $1.bytes }
        state.kept = KeptFiles(in: settings)
        self.state = Mutex(state)
    }

    /// The highest number that a file has.
    var highestNumber: UInt32 {
        state.withLock { max($0.files.last?.number ?? 0, $0.kept.files.keys.max() ?? 0) }
    }

    /// Has the files kept in which packets of that time are, as far as they are there, under a name; also those that are yet to come.
    /// Asked again for a name, the time grows by what is asked for.
    package func keep(name: String, from: Timestamp, until: Timestamp) {
        guard RingSettings.isName(name) else { return }
        // What begins after its end is of a clock that was set back meanwhile.
        let span = min(from, until)...until
        let wake = state.withLock { state -> (@Sendable () -> Void)? in
            if let known = state.wishes[name]?.span {
                let both = min(known.lowerBound, span.lowerBound)...max(known.upperBound, until)
                guard both != known else { return nil }
                state.wishes[name]?.span = both
                state.wishes[name]?.isNew = true
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
            return asked(state)
        }
        wake?()
    }

    /// Lets go what is kept under a name, and keeps no more of what was asked for.
    package func release(name: String) {
        guard RingSettings.isName(name) else { return }
        let wake = state.withLock { state in
            state.wishes[name] = nil
            state.releases.insert(name)
            setDue(state)
            return asked(state)
        }
        wake?()
    }

    /// Who is to be woken: nobody where somebody was already.
    private func asked(_ state: borrowing State) -> (@Sendable () -> Void)? {
        guard let wake = state.wake else { return { [self] in work() } }
        return isAsked.exchange(true, ordering: .relaxed) ? nil : wake
    }

    /// The clock was set. What is still to come is kept for as long as was asked for, and what has passed is no longer asked for: by the
    /// new clock it may be yet to come.
    package func clockChanged(from: Timestamp, to: Timestamp) {
        state.withLock { state in
            state.planLinks(settings)
            let distance = to.nanoseconds - from.nanoseconds
            for (name, wish) in state.wishes {
                guard wish.span.upperBound > from else {
                    state.wishes[name] = nil
                    continue
                }
                state.wishes[name]?.span = to...wish.span.upperBound.adding(distance)
                state.wishes[name]?.first = state.files.last?.number ?? 0
            }
            setDue(state)
        }
    }

    /// What is kept, by name.
    package func kept() -> [KeptRecording] {
        let kept = state.withLock(\.kept.files)
        var all: [String: KeptRecording] = [:]
        let names = RecordingSettings(ring: settings)
        for (number, file) in kept.sorted(by: { $0.key < $1.key }) {
            let own = RingFile(number: number, path: names.path(of: number)).name
            for name in file.names {
                all[name, default: KeptRecording(name: name)].files += 1
                all[name]?.bytes += file.bytes
                all[name]?.names.append(String(own))
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
                bytes: state.bytes,
                keptFiles: state.kept.files.count,
                keptBytes: state.kept.bytes,
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
            isAsked.store(false, ordering: .relaxed)
            releaseFiles()
            lookAgain()
            linkFiles()
            removeFiles()
        }
    }
}

extension RecordingRing.State {
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
    /// What the files are called, the oldest first.
    package var names: [String] = []
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
