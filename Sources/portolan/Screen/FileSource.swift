import Addressing
import Capture
import Dashboard
import Glibc
import Graph
import Monitor
import Pipeline
import Privilege
import Records
import Wire

/// Snapshots of capture files: while they are read, and of any part of their time when that is asked for.
final class FileSource: SnapshotSource {
    let box: SnapshotBox
    private let options: FileSourceOptions
    private(set) var thread: WorkerThread?

    init(_ options: FileSourceOptions, wake: @escaping @Sendable () -> Void) throws {
        self.options = options
        box = SnapshotBox(wake: wake)
        // What cannot be opened is said before the screen changes.
        let first = try Self.open(options, GraphSink(hearsStarts: false))
        _ = first.remarks
        let (box, options) = (box, options)
        thread = try WorkerThread {
            var reading = FileReading(options, box)
            reading.run()
        }
    }

    static func open(
        _ options: FileSourceOptions,
        _ sink: any RecordSink,
        interval: Range<Int64>? = nil
    ) throws -> Replay {
        var settings = PipelineSettings()
        settings.tunnelPorts = TunnelPorts(vxlan: options.vxlanPorts, geneve: [])
        return try Replay(
            paths: options.paths,
            filter: options.expression.isEmpty ? nil : try CaptureFilter(options.expression),
            interval: interval,
            identity: try options.identity.map { (path) throws(IdentityFileError) in try IdentityFile(path: path) },
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
}

/// Reads the files on the source's thread.
private struct FileReading {
    let options: FileSourceOptions
    let box: SnapshotBox
    private let drawn = GraphSink(hearsStarts: false)
    private let ring = FlowRing()
    /// Nanoseconds between two snapshots while it reads: a picture costs a copy of the graph.
    private var pause: Int64 = 100_000_000
    private var told: Int64 = 0
    private var isStopped = false

    init(_ options: FileSourceOptions, _ box: SnapshotBox) {
        self.options = options
        self.box = box
    }

    mutating func run() {
        var summary: CaptureSummary?
        var remarks: [String] = []
        do {
            var replay = try FileSource.open(options, SplitSink(drawn, ring))
            try replay.run { position in
                takeRequests()
                tell(position)
                return !box.isOver && !isStopped
            }
            summary = replay.summary
            remarks = replay.remarks + [replay.refusal].compactMap(\.self)
        } catch {
            remarks = ["\(error)"]
        }
        var last = snapshot
        last.remarks = remarks
        last.fault = remarks.first
        if let summary { last.health = SnapshotHealth(summary) }
        box.put(last)
        while !box.isOver {
            takeRequests()
            usleep(50_000)
        }
    }

    private mutating func takeRequests() {
        for request in box.takeRequests() {
            switch request {
            case .past(let span?): tellPast(span)
            case .stopReading: isStopped = true
            default: break
            }
        }
    }

    private mutating func tell(_ position: CapturePosition) {
        let now = Clock.monotonic
        guard now - told >= pause else { return }
        var snapshot = snapshot
        snapshot.progress = LoadProgress(
            name: FileName.last(options.paths.first ?? ""),
            bytesRead: position.bytesRead,
            bytes: position.fileSize,
            packets: drawn.graph.edges.values.reduce(0) { $0 &+ $1.counts.packets },
            flows: UInt64(ring.timeline.timeline.bins.reduce(0) { $0 &+ $1.flows })
        )
        box.put(snapshot)
        told = Clock.monotonic
        // At most a tenth of the time goes into pictures.
        pause = max(100_000_000, (told - now) * 10)
    }

    private var snapshot: Snapshot {
        let picture = drawn.graph.picture
        let time = picture.edges.values.map(\.last).max()
        var snapshot = Snapshot(origin: .files(options.paths.map(FileName.last)), time: time, graph: picture)
        snapshot.flows = ring.newest
        snapshot.olderFlows = ring.older
        snapshot.timeline = ring.timeline.timeline
        return snapshot
    }

    /// Reads the files again, for the packets of a part of their time.
    private func tellPast(_ span: Range<Int64>) {
        let sink = GraphSink(hearsStarts: false)
        do {
            var replay = try FileSource.open(options, sink, interval: span)
            try replay.run { _ in !box.isOver }
            box.put(.past(sink.graph.picture, span))
        } catch {
            box.put(.message("\(error)"))
        }
    }
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
