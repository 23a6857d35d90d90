import Addressing

/// How long something took, in words.
enum Elapsed {
    static func text(from first: Timestamp, to last: Timestamp) -> String {
        let seconds = max(0, last.seconds &- first.seconds)
        switch seconds {
        case ..<2: return "within a second"
        case ..<120: return "in \(seconds) s"
        case ..<7200: return "in \(seconds / 60) min"
        default: return "in \(seconds / 3600) h"
        }
    }
}
