import Addressing
import Flows

/// What a flow was, as floods go.
extension FlowFact {
    /// Whether a connection was set up, so that its initiator got an answer and went on.
    var isConnection: Bool {
        switch state {
        case .s1, .sf, .s2, .s3, .rstr: sourcePackets > 1
        // SYN and RST alone: the answer came to somebody who had not asked.
        case .rsto: sourcePackets > 2
        default: false
        }
    }

    /// Whether a SYN was answered, and nobody cared.
    var isHalfOpen: Bool { destinationPackets > 0 && !isConnection && state != .rej }

    /// Whether it was one packet out of nowhere.
    var isStray: Bool {
        sourcePackets == 1 && (destinationPackets == 0 || state == .rstr || state == .rstrh || state == .rej)
    }

    /// What it floods with by itself, if it does: many packets, fast, and hardly an answer.
    var rain: FloodKey.Kind? {
        switch protocolNumber {
        case 6 where opening == .syn && state == .s0: isRain(packets: 1000, rate: 50) ? .syn : nil
        case 6 where opening == .fin || opening == .null: isRain(packets: 1000, rate: 50) ? .tcp : nil
        case 17 where destinationPackets < sourcePackets / 20: isRain(packets: 20_000, rate: 5000) ? .udp : nil
        // Each ping is answered; nobody needs fifty a second.
        case 1 where opening == .echo, 58 where opening == .echo: isRain(packets: 1000, rate: 50) ? .icmp : nil
        default: nil
        }
    }

    private func isRain(packets: UInt64, rate: UInt64) -> Bool {
        guard sourcePackets >= packets else { return false }
        // Where the clock stands still, the count alone says it.
        let seconds = max(0, last.nanoseconds &- first.nanoseconds) / 1_000_000_000
        return sourcePackets >= rate * UInt64(seconds)
    }
}
