import Glibc

/// Tells the service manager, systemd or another that speaks like it, how this service is doing. sd_notify(3)
///
/// Never waits and never fails: where no manager started this process, or it does not listen, nothing happens.
package struct ServiceManager: Sendable {
    private let socket: NotifySocket?
    /// How often the manager wants to hear `alive()`, or it restarts the service; nil when it does not. Half of it is a good pace.
    /// systemd.service(5), WatchdogSec.
    package let watchdogInterval: Duration?

    /// Reads what the manager left in the environment.
    package init() {
        self.init { name in getenv(name).map { String(cString: $0) } }
    }

    /// Reads it from elsewhere.
    package init(environment: (String) -> String?) {
        socket = environment("NOTIFY_SOCKET").flatMap { NotifySocket(name: $0) }
        watchdogInterval = Self.interval(
            microseconds: environment("WATCHDOG_USEC"),
            process: environment("WATCHDOG_PID"),
            ours: getpid()
        )
    }

    /// Whether a manager waits to be told.
    package var isPresent: Bool { socket != nil }

    /// Started, or done with loading its configuration anew.
    package func ready(_ status: String? = nil) { say("READY=1", status) }

    /// What it is doing, in one sentence for people.
    package func status(_ text: String) { say(nil, text) }

    /// Loads its configuration anew; `ready` must follow. systemd.service(5), Type=notify-reload.
    package func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        say("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)", nil)
    }

    /// Begins to end.
    package func stopping(_ status: String? = nil) { say("STOPPING=1", status) }

    /// Still at work; for the manager's watchdog.
    package func alive() { say("WATCHDOG=1", nil) }

    private func say(_ what: String?, _ status: String?) {
        let status = status.map { "STATUS=" + Self.line($0) }
        socket?.send([what, status].compactMap(\.self).joined(separator: "\n"))
    }

    /// Bytes of a status; systemd takes no more than 4,096 in a message.
    private static var statusLimit: Int { 1024 }

    /// Text as one line: each line is an assignment of its own to the manager.
    private static func line(_ text: String) -> String {
        var line = ""
        var size = 0
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || 0x7f..<0xa0 ~= scalar.value || 0x2028...0x2029 ~= scalar.value
            let shown: Unicode.Scalar = isControl ? " " : scalar
            size += UTF8.width(shown)
            if size > statusLimit { break }
            line.unicodeScalars.append(shown)
        }
        return line
    }

    /// sd_watchdog_enabled(3): of another process it is not ours; without one it is whoever reads it.
    static func interval(microseconds: String?, process: String?, ours: pid_t) -> Duration? {
        guard let time = microseconds.flatMap(Int64.init), time > 0 else { return nil }
        if let process, pid_t(process) != ours { return nil }
        return .microseconds(time)
    }
}
