import Addressing
import Capture
import Containers
import Flows
import Glibc
import Monitor
import Netlink
import Pipeline
import Privilege
import Records
import Runtimes
import Wire

/// One run of `portolan observe`.
struct ObserveSession {
    private let command: ObserveCommand

    init(_ command: ObserveCommand) {
        self.command = command
    }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        Interrupt.watch()
        do {
            let queue = try OutputQueue()
            let report = ObserveReport(command, queue: queue)
            let monitor = try LiveMonitor(settings: settings, sink: report)
            let places = command.interfaces.isEmpty ? "all interfaces" : command.interfaces.joined(separator: ", ")
            StandardError.say("capturing on \(places)")
            let end = command.duration.map { Clock.now.nanoseconds + Int64($0 * 1e9) }
            try monitor.run {
                Interrupt.isThere || queue.failure != nil || end.map { Clock.now.nanoseconds >= $0 } ?? false
            } idle: {
                report.flush()
                for line in monitor.watch.remarks.take() { StandardError.say(line) }
            }
            report.finish(monitor.summary)
            for line in monitor.watch.remarks.take() { StandardError.say(line) }
            if queue.dropped > 0 {
                StandardError.say("\(queue.dropped) lines dropped, as whoever reads standard output was too slow")
            }
            return queue.finish() ?? ExitStatus.done
        } catch {
            StandardError.say("\(error)")
            return LiveFailure.status(of: error)
        }
    }

    /// What of the environment says where runtimes listen.
    private static var environment: [String: String] {
        var values: [String: String] = [:]
        for name in ["DOCKER_HOST", "CONTAINER_HOST"] {
            if let value = unsafe getenv(name) { values[name] = unsafe String(cString: value) }
        }
        return values
    }

    private var settings: LiveSettings {
        var settings = LiveSettings()
        settings.interfaces = command.interfaces
        settings.capture.filter = command.expression.joined(separator: " ")
        if let length = command.snapshotLength { settings.capture.snapshotLength = length }
        if let size = command.bufferSize { settings.capture.bufferSize = size << 10 }
        settings.runtimes = RuntimeSocket.candidates(environment: Self.environment)
        settings.pipeline.tunnelPorts = TunnelPorts(vxlan: command.vxlanPorts, geneve: [])
        settings.pipeline.flows.reportsStarts = true
        settings.pipeline.flows.reportsUpdates = command.events == .all
        return settings
    }
}

/// What a failure to watch or capture means for the exit status.
enum LiveFailure {
    static func status(of error: any Error) -> Int32 {
        switch error {
        case let error as LiveCaptureError:
            switch error.reason {
            case .notPermitted: ExitStatus.denied
            case .noSuchInterface, .notUp: ExitStatus.noInput
            case .filter, .snapshotLength, .bufferSize: ExitStatus.usage
            case .system: ExitStatus.failed
            }
        case let error as NetlinkError: error.isDenied ? ExitStatus.denied : ExitStatus.failed
        default: ExitStatus.failed
        }
    }
}
