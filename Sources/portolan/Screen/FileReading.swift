import Addressing
import Capture
import Dashboard
import Detection
import Flows
import Glibc
import Graph
import Monitor
import Pipeline
import Records

/// Reads the files on the source's thread.
struct FileReading {
    let options: FileSourceOptions
    let box: SnapshotBox
    private let drawn = GraphSink(hearsStarts: false)
    private let ring = FlowRing()
    /// Nanoseconds between two snapshots while it reads: a picture costs a copy of the graph.
    private var pause: Int64 = 100_000_000
    var told: Int64 = 0
    private var isStopped = false
    private var search: PacketSearch?
    /// What all of the files came to, once they are read.
    var whole: Snapshot?
    /// From their first frame to their last; nil where there is none.
    var span: ClosedRange<Timestamp>?
    var player: FilePlayer?
    var stepped: Int64 = 0
    /// Nanoseconds between two snapshots while it is played.
    var playPause: Int64 = 100_000_000
    /// Whether it is somewhere else than where it was told of last.
    var isNews = false

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
        whole = last
        if let first = summary?.first, let end = summary?.last, first <= end { span = first...end }
        box.put(last)
        judge()
        while !box.isOver {
            takeRequests()
            goOn()
            usleep(player == nil ? 50_000 : 10_000)
        }
        search?.end()
    }

    /// Reads the files once more, for what is wrong in them: the chart is there meanwhile.
    private mutating func judge() {
        guard !isStopped, !box.isOver, var judged = whole else { return }
        if let standards = options.standards {
            let ring = AlertRing()
            let sink = DetectionSink(standards.policy, baseline: standards.baseline) { ring.add(AlertRecord($0)) }
            do {
                var replay = try FileSource.open(options, sink, flows: FlowConfiguration().judged)
                try replay.run { _ in
                    takeRequests()
                    goOn()
                    return !box.isOver && !isStopped
                }
                sink.finish()
                ring.fill(&judged)
            } catch {
                judged.isJudged = false
                judged.remarks.append("not judged: \(error)")
            }
        } else {
            judged.isJudged = false
        }
        whole = judged
        if player == nil { box.put(judged) } else { isNews = true }
    }

    private mutating func takeRequests() {
        for request in box.takeRequests() {
            switch request {
            case .past(let span?): tellPast(span)
            case .stopReading: isStopped = true
            case .play(let change): play(change)
            case .packets(let choice): look(for: choice)
            case .noPackets:
                search?.end()
                search = nil
            default: break
            }
        }
    }

    private mutating func look(for choice: PacketChoice) {
        search?.end()
        do {
            search = try PacketSearch(choice, options, isPlayed: player != nil) { [box] in box.put($0) }
        } catch {
            search = nil
            box.put(.message("\(error)"))
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
