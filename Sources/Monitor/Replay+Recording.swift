import Addressing
import Capture
import Containers
import Flows
import Pipeline
import Records
import Wire

/// Replay of a recording: another pipeline is told what the first one was told, in the same order.
extension Replay {
    /// Takes in what stands before the batch, or behind the last one.
    mutating func takeNotes() {
        for note in capture.notes {
            guard let input = RecordedInput(note) else {
                notesRefused &+= 1
                continue
            }
            if case .begin(let start) = input {
                begin(start)
            } else if recording == nil {
                // Notes that no recording began with mean nothing.
                notesRefused &+= 1
            } else if !note.isRepeated || recording?.isContinued == false {
                take(input, isContinued: note.isContinued)
            }
        }
        _ = pipeline.takeQuestions()
    }

    private mutating func begin(_ start: RecordingStart) {
        if recording?.start.identifier == start.identifier {
            recording?.goOn(start)
            return
        }
        // A second one in the same file, or one behind other frames, is none of which anything is known.
        guard recording == nil, pipeline.time == nil else {
            notesRefused &+= 1
            return
        }
        recording = RecordedSession(start)
        var settings = settings
        settings.sockets = .asked
        settings.tunnelPorts = settings.tunnelPorts.adding(vxlan: start.vxlanPorts, geneve: start.genevePorts)
        let (tap, log) = (pipeline.tap, pipeline.log)
        pipeline = Pipeline(settings: settings, sink: sink)
        (pipeline.tap, pipeline.log) = (tap, log)
        decapsulation?.look(at: settings.tunnelPorts)
    }

    private mutating func take(_ input: RecordedInput, isContinued: Bool) {
        switch input {
        case .begin: break
        case .changes(let entries):
            let inside = entries.filter { isInside($0.time) }
            recording?.entries += inside
            if isContinued, recording?.entries.count ?? 0 < Self.entryLimit { return }
            let all = recording?.entries ?? []
            recording?.entries = []
            if all.isEmpty { return }
            recording?.note(all)
            pipeline.change(all)
            for entry in all { sink.changed(entry) }
        case .advance(let time):
            if isInside(time) { pipeline.advance(to: time) }
        case .capture(let capture): watch(capture)
        case .unanswered(let key): pipeline.giveUp(key)
        case .detail(let detail):
            // How often flows are told of is for whoever replays to say; whether payloads were looked at is not.
            var own = FlowDetailLevel(settings.flows)
            own.inspects = own.inspects && detail.inspects
            pipeline.setDetail(own)
        case .startedOver:
            // Each costs as much as to begin.
            guard recording?.mayStartOver() ?? false else {
                notesRefused &+= 1
                return
            }
            _ = pipeline.startOver()
        case .clock(let from, let to): if isInside(min(from, to)) { sink.clockChanged(from: from, to: to) }
        case .end(let leftOut): recording?.leftOut = leftOut
        case .settled: pipeline.settle()
        }
    }

    /// Whether it is before the end that was asked for. What became so before the beginning holds in it.
    private func isInside(_ time: Timestamp) -> Bool { interval.map { time.nanoseconds < $0.upperBound } ?? true }

    /// Whether what was read so far is a recording of our own, which says itself who was who.
    package var isRecording: Bool { recording != nil }

    /// One line each for what a user should know of it.
    var recordingRemarks: [String] {
        var lines: [String] = []
        if notesRefused > 0 {
            lines.append("\(notesRefused) notes of a recording could not be read; who is who may be wrong after them")
        }
        guard let recording else { return lines }
        if framesUnplaced > 0 {
            lines.append("\(framesUnplaced) packets came from no capture that the recording tells of; skipped")
        }
        if recording.missing > 0 { lines.append("\(recording.missing) files of the recording lack between the others") }
        if recording.leftOut > 0 {
            lines.append(
                "the recording lacks \(recording.leftOut) packets that there was no room for as it was written"
            )
        }
        if hasIdentity { lines.append("a recording says itself who was who; --identity was not read") }
        return lines
    }

    /// The most entries that become so at once.
    private static var entryLimit: Int { 1 << 20 }

    private mutating func watch(_ capture: WatchedCapture) {
        // A hostile file has any numbers.
        guard capture.number < Self.captureLimit, recording?.mayWatch() ?? false else {
            notesRefused &+= 1
            return
        }
        switch capture.place {
        case .all(let namespace):
            pipeline.watch(namespace, interface: capture.number, digits: capture.digits)
        case .one(let key, let name):
            pipeline.watch(key, named: name, interface: capture.number, digits: capture.digits)
        }
    }

    /// Beyond any number of namespaces that were watched one after the other.
    private static var captureLimit: UInt32 { 65_536 }
}
