import Addressing
import Flows

/// Answers of one kind of service that come down on one victim.
struct AnswerRain: Sendable {
    private var packets = CountingWindow()
    private var octets = CountingWindow()
    private(set) var count = 0
    private(set) var senders = SenderVote()
    private(set) var evidence = Evidence()
    private(set) var first: Timestamp?
    var telling = Telling()

    /// Seconds of half a window.
    static var half: Int64 { 10 }

    mutating func add(_ fact: FlowFact, answers: UInt64, by sender: Party) {
        let second = fact.time.seconds
        let number = UInt32(clamping: answers)
        packets.add(number, at: second, half: Self.half)
        // At its mean size, where not all are counted.
        let octetsEach = fact.destinationBytes / max(1, fact.destinationPackets)
        octets.add(UInt32(clamping: octetsEach * answers), at: second, half: Self.half)
        count += Int(number)
        if first == nil { first = fact.first }
        senders.add(sender)
        evidence.add(fact.identifier)
    }

    /// Answers and their bytes lately.
    func recent(at time: Timestamp) -> (count: Int, bytes: Int) {
        (
            max(1, packets.count(at: time.seconds, half: Self.half)),
            octets.count(at: time.seconds, half: Self.half)
        )
    }
}
