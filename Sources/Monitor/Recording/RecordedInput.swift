import Addressing
import Capture
import Containers
import Flows
import Pipeline

/// What a pipeline was told, as a recording keeps it between its frames. Docs/Recording.md has each note's fields.
enum RecordedInput {
    /// First of each file.
    case begin(RecordingStart)
    case changes([JournalEntry])
    case advance(Timestamp)
    case capture(WatchedCapture)
    case unanswered(SocketKey)
    case detail(FlowDetailLevel)
    case startedOver
    case clock(from: Timestamp, to: Timestamp)
    /// Last of the last file: how many frames there was no room for.
    case end(leftOut: UInt64)
    /// The option of a frame, which is no note in the file.
    case settled

    enum Kind: UInt16 {
        case begin = 1
        case changes, advance, capture, unanswered, detail, startedOver, clock, end
    }

    /// Nil for what a newer version may have, and for what is damaged.
    init?(_ note: RecordedNote) {
        if note.kind == RecordedNote.settled {
            self = .settled
            return
        }
        var fields = NoteFields(note.bytes)
        switch Kind(rawValue: note.kind) {
        case .begin:
            guard let start = RecordingStart(&fields) else { return nil }
            self = .begin(start)
        case .changes:
            guard let entries = Self.entries(note.bytes) else { return nil }
            self = .changes(entries)
        case .advance:
            guard let time = Timestamp(&fields) else { return nil }
            self = .advance(time)
        case .capture:
            guard let capture = WatchedCapture(&fields) else { return nil }
            self = .capture(capture)
        case .unanswered:
            guard let key = SocketKey(&fields) else { return nil }
            self = .unanswered(key)
        case .detail:
            guard let detail = FlowDetailLevel(&fields) else { return nil }
            self = .detail(detail)
        case .startedOver: self = .startedOver
        case .clock:
            guard let from = Timestamp(&fields), let to = Timestamp(&fields) else { return nil }
            self = .clock(from: from, to: to)
        case .end:
            guard let count = fields.take(UInt64.self) else { return nil }
            self = .end(leftOut: count)
        case nil: return nil
        }
    }
}

extension Timestamp {
    /// From 1970 to 2116: a hostile file has any numbers, and what is reckoned with a time must not overflow.
    fileprivate init?(_ fields: inout NoteFields) {
        guard let nanoseconds = fields.take(Int64.self), 0...1 << 62 ~= nanoseconds else { return nil }
        self.init(nanoseconds: nanoseconds)
    }
}
