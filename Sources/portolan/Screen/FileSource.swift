import Addressing
import Capture
import Dashboard
import Flows
import Glibc
import Monitor
import Pipeline
import Privilege
import Records
import Synchronization
import Wire

/// Snapshots of capture files: while they are read, and of any part of their time when that is asked for.
final class FileSource: SnapshotSource {
    let box: SnapshotBox
    private let options: FileSourceOptions
    private(set) var thread: WorkerThread?

    init(_ options: FileSourceOptions, wake: @escaping @Sendable () -> Void) throws {
        self.options = options
        box = SnapshotBox(wake: wake)
        let (box, options, opening) = (box, options, Opening())
        thread = try WorkerThread {
            // The thread of the screen reads no capture, and opens what the person at it names.
            ReaderConfinement.begin(options)
            // What cannot be opened is said before the screen changes.
            do {
                _ = try Self.open(options, GraphSink(hearsStarts: false)).remarks
            } catch {
                opening.result.withLock { $0 = .failure(error) }
                return
            }
            opening.result.withLock { $0 = .success(()) }
            var reading = FileReading(options, box)
            reading.run()
        }
        while true {
            if let result = opening.result.withLock({ $0 }) {
                if case .failure = result { thread?.join() }
                try result.get()
                return
            }
            usleep(1000)
        }
    }

    /// What came of the first opening.
    private final class Opening: Sendable {
        let result = Mutex<Result<Void, any Error>?>(nil)
    }

    static func open(
        _ options: FileSourceOptions,
        _ sink: any RecordSink,
        interval: Range<Int64>? = nil,
        flows: FlowConfiguration = FlowConfiguration()
    ) throws -> Replay {
        var settings = PipelineSettings()
        settings.flows = flows
        settings.tunnelPorts = TunnelPorts(vxlan: options.vxlanPorts, geneve: [])
        return try Replay(
            paths: options.paths,
            filter: options.expression.isEmpty ? nil : try CaptureFilter(options.expression),
            interval: interval,
            identity: try options.identity.map { (path) throws(IdentityFileError) in try IdentityFile(path: path) },
            shifts: options.shifts,
            settings: settings,
            sink: sink
        )
    }
}

struct FileSourceOptions: Sendable {
    var paths: [String]
    var identity: String?
    var expression = ""
    var vxlanPorts: [UInt16] = []
    /// What sets the times of files right, by their paths; nil where they are all of one host.
    var shifts: [String: ClockShift]?
    /// What is wrong is judged by it; nil: nothing is judged.
    var standards: Standards? = Standards()
}

/// The last part of a path, as a title.
enum FileName {
    static func last(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

extension SnapshotHealth {
    /// Of what was read or captured.
    init(_ summary: CaptureSummary) {
        self.init()
        packets = summary.frames
        bytes = summary.bytes
        dropped = summary.dropped
        droppedByInterface = summary.interfaceDropped
        unread = summary.unread
        flows = summary.flows
    }
}
