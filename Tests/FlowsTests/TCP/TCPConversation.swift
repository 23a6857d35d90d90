import Addressing
import Support

/// A TCP connection from 10.0.0.1 to 10.0.0.2 port 80, told in letters: upper case sends the originator, lower case the
/// responder.
///
/// S SYN, H SYN-ACK, A ACK, D ten bytes, F FIN, R RST, T the last ten bytes again, W an ACK with the window shut, P ten
/// bytes after ten that the capture lost, L FIN after ten such bytes, Q SYN with FIN, I FIN with RST, and K ten bytes
/// before those last sent, which were lost or late.
struct TCPConversation {
    /// What an end sends next, and what it knows of the other.
    private struct End {
        var address: IPAddress
        var port: UInt16
        var sequence: UInt32
        var acknowledged: UInt32 = 0
    }

    private var originator = End(address: .host(1), port: 40_000, sequence: 1000)
    private var responder = End(address: .host(2), port: 80, sequence: 7000)

    init(from source: IPAddress = .host(1), _ sourcePort: UInt16 = 40_000, _ port: UInt16 = 80, sequence: UInt32 = 1000)
    {
        originator = End(address: source, port: sourcePort, sequence: sequence)
        responder.port = port
    }

    /// The frame of one letter.
    mutating func frame(_ letter: Character) -> [UInt8] {
        let isOriginator = letter.isUppercase
        var sender = isOriginator ? originator : responder
        let receiver = isOriginator ? responder : originator
        var flags = "A"
        var payload: [UInt8] = []
        var window: UInt16 = 64_000
        var sequence = sender.sequence
        var acknowledgment = receiver.sequence
        switch letter.uppercased() {
        case "S": (flags, acknowledgment) = ("S", 0)
        case "H": flags = "SA"
        case "F": flags = "FA"
        case "L": (flags, sequence) = ("FA", sequence &+ 10)
        case "R": flags = "RA"
        case "Q": flags = "SF"
        case "I": flags = "FR"
        case "W": window = 0
        case "D": payload = [UInt8](repeating: 0, count: 10)
        case "T": (payload, sequence) = ([UInt8](repeating: 0, count: 10), sequence &- 10)
        case "P": (payload, sequence) = ([UInt8](repeating: 0, count: 10), sequence &+ 10)
        case "K": (payload, sequence) = ([UInt8](repeating: 0, count: 10), sequence &- 20)
        default: break
        }
        let length = UInt32(payload.count) + (flags.contains("S") || flags.contains("F") ? 1 : 0)
        if !"TK".contains(letter.uppercased()) { sender.sequence = sequence &+ length }
        if isOriginator { originator = sender } else { responder = sender }
        let segment = PacketBuilder.tcp(
            payload,
            from: sender.port,
            to: receiver.port,
            flags,
            sequence: sequence,
            acknowledgment: acknowledgment,
            window: window
        )
        return PacketBuilder.ethernet(PacketBuilder.ip(segment, 6, from: sender.address, to: receiver.address))
    }
}

extension FlowWatch {
    /// Lets a conversation pass, a packet a millisecond.
    func converse(_ letters: String, from second: Int64, _ conversation: inout TCPConversation) {
        for (index, letter) in letters.enumerated() {
            see(conversation.frame(letter), at: second, Int64(index) * 1_000_000)
        }
    }

    func converse(_ letters: String, from second: Int64 = 0) {
        var conversation = TCPConversation()
        converse(letters, from: second, &conversation)
    }
}
