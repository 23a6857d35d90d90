import Addressing
import Monitor
import Records

/// What every command that captures on this host does from its start to its end.
struct LiveRun {
    private let options: LiveOptionsGroup
    private let settings: LiveSettings
    private let rights = LiveRights()

    /// Ready to run; `settings` are those of the options, and what the command adds.
    init(_ options: LiveOptionsGroup, settings: LiveSettings) {
        self.options = options
        self.settings = settings
    }

    /// Captures into `sink` until a signal comes, the time is over, the journal cannot be written or `isOver`; says on standard
    /// error what a person should know, calls `idle` some twenty times a second, and returns the totals.
    func run(into sink: any RecordSink, isOver: () -> Bool = { false }, idle: () -> Void = {}) throws -> CaptureSummary
    {
        let file = try options.journal.map { try JournalFile(path: $0) }
        var first = sink
        if let file { first = JournalSink(file, before: sink) }
        let monitor = try LiveMonitor(settings: settings, sink: first)
        let places = options.interfaces.isEmpty ? "all interfaces" : options.interfaces.joined(separator: ", ")
        StandardError.say("capturing on \(places)")
        for line in rights.lines { StandardError.say(line) }
        let end = options.duration.map { Clock.now.nanoseconds + Int64($0 * 1e9) }
        try monitor.run {
            Interrupt.isThere || file?.failure != nil || isOver() || end.map { Clock.now.nanoseconds >= $0 } ?? false
        } idle: {
            idle()
            file?.flush()
            say(monitor)
        }
        file?.flush()
        say(monitor)
        if let failure = file?.failure { throw failure }
        return monitor.summary
    }

    private func say(_ monitor: LiveMonitor) {
        for line in monitor.watch.remarks.take() where !rights.explains(line) { StandardError.say(line) }
    }
}
