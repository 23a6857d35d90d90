import Addressing
import Monitor
import Privilege
import Records

/// What every command that captures on this host does from its start to its end.
struct LiveRun {
    private let options: LiveOptionsGroup
    private let settings: LiveSettings
    private let rights = LiveRights()
    private let tell: (String) -> Void
    /// Files that are made once it captures, or made anew: their folders, which are made where they are not there, are ours to write in.
    var files: [String] = []

    /// Ready to run; `settings` are those of the options, and what the command adds. What a person should know is told to `tell`.
    init(
        _ options: LiveOptionsGroup,
        settings: LiveSettings,
        tell: @escaping (String) -> Void = StandardError.say
    ) {
        self.options = options
        self.settings = settings
        self.tell = tell
    }

    /// Captures into `sink` until a signal comes, the time is over, the journal cannot be written or `isOver`; tells what a
    /// person should know, calls `idle` some twenty times a second, and returns the totals. `opened` is called
    /// before the first packet is taken, when this thread has no capabilities any more.
    func run(
        into sink: any RecordSink,
        opened: (LiveMonitor) throws -> Void = { _ in },
        isOver: () -> Bool = { false },
        idle: (LiveMonitor) -> Void = { _ in }
    ) throws -> CaptureSummary {
        let file = try options.journal.map { try JournalFile(path: $0) }
        var first = sink
        if let file { first = SplitSink(JournalSink(file), sink) }
        let monitor = try LiveMonitor(settings: settings, sink: first)
        confine()
        try opened(monitor)
        let places = settings.interfaces.isEmpty ? "all interfaces" : settings.interfaces.joined(separator: ", ")
        tell("capturing on \(places)")
        for line in rights.lines { tell(line) }
        let end = options.duration.map { Clock.now.nanoseconds + Int64($0 * 1e9) }
        try monitor.run {
            Interrupt.isThere || file?.failure != nil || isOver() || end.map { Clock.now.nanoseconds >= $0 } ?? false
        } idle: {
            idle(monitor)
            file?.flush()
            say(monitor)
        }
        file?.finish()
        say(monitor)
        if let failure = file?.failure { throw failure }
        return monitor.summary
    }

    /// Threads that are there already stay as they are: those with capabilities, and those that write what is recorded.
    private func confine() {
        var confinement = FileConfinement(.watcher)
        for path in files {
            OwnFolder.make(for: path)
            confinement.allowOwning(folder: FileConfinement.folder(of: path))
        }
        do throws(PrivilegeError) {
            _ = try confinement.begin()
        } catch {
            tell("\(error); what may be written is not confined")
        }
    }

    private func say(_ monitor: LiveMonitor) {
        for line in monitor.watch.remarks.take() where !rights.explains(line) { tell(line) }
    }
}
