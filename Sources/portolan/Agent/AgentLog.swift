import Configuration
import Glibc
import Logging

/// What an agent says while it runs: a line each on standard error, with its priority where the journal of systemd reads it.
struct AgentLog: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    /// sd-daemon(3): a number in angle brackets before the line.
    private let hasPriorities: Bool

    init() {
        hasPriorities = unsafe getenv("JOURNAL_STREAM") != nil
    }

    /// A logger that writes so.
    static func logger(level: LogLevel) -> Logger {
        var logger = Logger(label: "portolan") { _ in AgentLog() }
        logger.logLevel = Logger.Level(level)
        return logger
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = hasPriorities ? "<\(event.level.priority)>" : "portolan: "
        line += Printable.text("\(event.message)")
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(Printable.text("\(value)"))" }
        StandardError.write(line + "\n")
    }
}

extension Logger.Level {
    init(_ level: LogLevel) {
        self = Self(rawValue: level.rawValue) ?? .info
    }

    /// syslog(3).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
