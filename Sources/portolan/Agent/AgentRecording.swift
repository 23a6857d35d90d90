import Addressing
import Agent
import Configuration
import Containers
import Detection
import Glibc
import Logging
import Monitor
import Records

/// What a running agent writes down of packets, and what of it is kept for alerts. An agent that cannot goes on without.
final class AgentRecording {
    /// Also where nothing is written: what earlier runs have kept is there, and may be let go.
    let ring: RecordingRing
    /// What the pipeline tells; nil where nothing is written.
    private(set) var recorder: Recorder?
    private let settings: Configuration.Recording
    private let log: Logger
    /// Why nothing is written, as it was said last.
    private var fault: String?
    private var isBegun = false
    private var lock: RingLock?
    /// Whether another agent has the folder.
    private let isElsewhere: Bool

    /// To be called before the rights to make files may be gone.
    init(_ configuration: Configuration.Recording, vxlanPorts: [UInt16], log: Logger) {
        settings = configuration
        self.log = log
        if configuration.mode != .off { OwnFolder.make(configuration.path) }
        do throws(RingLock.Taken) {
            // Before it is looked at what is there.
            lock = configuration.mode == .off ? nil : try Self.lock(configuration.path)
        } catch {
            ring = RecordingRing(RingSettings(configuration))
            isElsewhere = true
            say("another agent records in \(configuration.path): give this one another recording.path")
            return
        }
        ring = RecordingRing(RingSettings(configuration))
        isElsewhere = false
        if configuration.mode == .off {
            sayWhatStays()
            return
        }
        do {
            recorder = try Recorder(RecordingSettings(configuration, vxlanPorts, ring))
        } catch {
            say("\(error)")
        }
    }

    /// An agent that this one takes the place of may still be ending.
    private static func lock(_ folder: String) throws(RingLock.Taken) -> RingLock? {
        for _ in 0..<20 {
            do { return try RingLock(folder: folder) } catch { usleep(250_000) }
        }
        return try RingLock(folder: folder)
    }

    private var before: Int64 { settings.before.components.seconds * 1_000_000_000 }
    private var after: Int64 { settings.after.components.seconds * 1_000_000_000 }

    /// Has the packets kept that an alert is about. On the thread that captures, and never waits.
    func keep(for alert: Alert) {
        guard recorder != nil, alert.severity >= AlertSeverity.medium.least else { return }
        // Of many who do it the one it is done to has it all.
        let party = alert.isOfMany || alert.source.isForged ? alert.destination ?? alert.source : alert.source
        let name = party.container.map { $0.key.folder } ?? "\(party.address)"
        let first = alert.first.nanoseconds - before
        // What has a time that is yet to come is of a clock that was set back since.
        let last = min(max(alert.time, alert.last), Clock.now).nanoseconds + after
        ring.keep(name: name, from: Timestamp(nanoseconds: first), until: Timestamp(nanoseconds: last))
    }

    /// What cases have kept; nil where nothing is written and nothing was, and where that is another agent's.
    var packets: CasePackets? {
        let ring = ring
        if isElsewhere || settings.mode == .off && ring.kept().isEmpty { return nil }
        return CasePackets(
            path: ring.settings.cases,
            keep: { ring.keep(name: $0, from: $1, until: min($2, Clock.now)) },
            release: { ring.release(name: $0) },
            kept: {
                ring.kept().map {
                    CasePackets.Folder(name: $0.name, files: $0.files, bytes: UInt64($0.bytes), names: $0.names)
                }
            }
        )
    }

    /// Begins to write, when the thread that does has no more rights than it needs.
    func begin() {
        isBegun = true
        do {
            try recorder?.begin()
        } catch {
            say("\(error)")
        }
    }

    /// Hands over what there is: some twenty times a second.
    func flush() { recorder?.flush() }

    /// Says what a person should know, each thing once.
    func tick() {
        for remark in ring.takeRemarks() { log.error("\(remark)") }
        guard let recorder else { return }
        if let failure = recorder.failure {
            if fault == nil { say("\(failure)") }
        } else if fault != nil {
            fault = nil
            log.notice("packets are recorded again")
        }
    }

    /// Whoever has switched it off may have wanted no more, or to lose nothing.
    private func sayWhatStays() {
        let left = ring.condition
        if left.files == 0 { return }
        log.notice(
            "nothing is recorded; \(left.files) files of earlier packets stay in \(settings.path), \(Quantity.bytes(UInt64(left.bytes)))"
        )
    }

    private func say(_ reason: String) {
        fault = reason
        log.error("no packets are recorded: \(reason)")
    }

    /// How it is; nil where nothing is to be written.
    var condition: RecordingCondition? {
        if settings.mode == .off { return nil }
        let ring = ring.condition
        return RecordingCondition(
            path: settings.path,
            mode: settings.mode.rawValue,
            fault: fault,
            frames: recorder?.frames ?? 0,
            leftOut: recorder?.leftOut ?? 0,
            written: ring.written,
            files: ring.files,
            bytes: ring.bytes,
            keptFiles: ring.keptFiles,
            keptBytes: ring.keptBytes,
            refused: ring.refused
        )
    }

    /// Writes all there is; where nothing was captured takes back what was begun.
    func end() {
        guard isBegun else {
            recorder?.discard()
            return
        }
        do throws(RecordingFailure) {
            try recorder?.finish()
        } catch {
            if fault == nil { say("\(error)") }
        }
    }
}

extension RingSettings {
    init(_ configuration: Configuration.Recording) {
        self.init(folder: configuration.path)
        size = configuration.size
        fileSize = configuration.ringFileSize
        kept = configuration.kept
        guard configuration.mode == .alerts else { return }
        // The first packet that an alert is about may be that much older than the alert: most rules look at five minutes at most.
        let before = configuration.before.components.seconds
        age = (before + 300) * 1_000_000_000
        fileTime = max(10, before / 2) * 1_000_000_000
    }
}

extension RecordingSettings {
    fileprivate init(_ configuration: Configuration.Recording, _ vxlanPorts: [UInt16], _ ring: RecordingRing) {
        self.init(ring: RingSettings(configuration), application: "portolan \(Portolan.version)")
        self.ring = ring
        snapshotLength = UInt32(clamping: configuration.snapshotLength)
        self.vxlanPorts = vxlanPorts
        filter = configuration.filter
        containers = configuration.containers.map { NamePattern($0) }
    }
}
