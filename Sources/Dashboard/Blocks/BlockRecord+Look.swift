import Addressing
import Records

/// How a block stands, as the screen shows it: by a word, and besides by a colour.
extension BlockRecord.State {
    var word: String {
        switch self {
        case .pending: "verifying"
        case .holds: "holds"
        case .waiting: "waiting"
        case .failsOpen: "FAILS OPEN"
        case .ended: "ended"
        case .refused: "refused"
        }
    }

    /// What it means, for whoever looks at one block.
    var sentence: String {
        switch self {
        case .pending: "it was asked for a moment ago, and is being read back from the kernel"
        case .holds: "all of it was read back from the kernel"
        case .waiting: "nobody it means runs now"
        case .failsOpen: "some of it is not in the kernel: what it stops may pass"
        case .ended: "it is in force no more"
        case .refused: "it never was"
        }
    }

    var role: Role {
        switch self {
        case .failsOpen: .crossing
        case .pending: .warning
        case .holds: .new
        case .waiting, .ended, .refused: .quiet
        }
    }

    /// What needs a person comes first.
    var rank: Int {
        switch self {
        case .failsOpen: 0
        case .pending: 1
        case .holds, .waiting: 2
        case .ended, .refused: 3
        }
    }
}

/// A block in words.
enum BlockText {
    /// `#17 cart to 192.0.2.7 tcp 443`
    static func title(_ record: BlockRecord) -> String { "#\(record.number) \(record.who) \(record.what)" }

    /// How long it still holds: `09:12`, `for ever`; nothing when it is over.
    static func left(_ record: BlockRecord, now: Timestamp?) -> String {
        if record.state == .ended || record.state == .refused { return "-" }
        guard let until = record.until else { return "for ever" }
        guard let now else { return AmountText.unknown }
        return TimeText.span(until.seconds - now.seconds)
    }

    /// What became of an act, in a sentence.
    static func outcome(_ record: BlockRecord) -> String {
        let name = "block #\(record.number)"
        let what = "\(record.who) \(record.what)"
        return switch record.state {
        case .ended: "\(name) is let go: \(what), \(AmountText.count(record.packets)) packets stopped"
        case .waiting: "\(name) waits: \(what), and nobody it means runs now"
        case .failsOpen: "\(name) FAILS OPEN: \(record.message ?? record.state.sentence)"
        case .pending: "\(name) is being verified: \(what)"
        case .holds: "\(name) holds: \(what)"
        case .refused: "\(name) is refused: \(record.message ?? "")"
        }
    }
}
