import Addressing
import Monitor
import Records

/// What every command that captures on this host does from its start to its end.
struct LiveRun {
    private let options: LiveOptionsGroup
    private let settings: LiveSettings
    private let rights = LiveRights()
    private let tell: (String) -> Void

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

    private func say(_ monitor: LiveMonitor) {
        for line in monitor.watch.remarks.take() where !rights.explains(line) { tell(line) }
    }
}
