import Addressing
import Containers

/// How many peers each container has in a minute, and how many bytes it sends and gets.
///
/// A conversation counts in the minute in which it began, and must be told within eight: who ends everything at once does not look as
/// if he had begun it at once. Bounded in containers and in peers of each.
struct PeerMinutes: Sendable {
    /// Whose peers are counted: a run of a container, else an address.
    enum Subject: Hashable, Sendable {
        case container(ContainerKey)
        case address(IPAddress)
    }

    private struct Minute: Sendable {
        var number: Int64
        var peers: Set<IPAddress> = []
        var bytes = 0
    }

    private var minutes: [Subject: [Minute]] = [:]
    private var swept: Int64 = .min

    /// Subjects. Further ones are not counted until others are silent for eight minutes.
    static var limit: Int { 4096 }
    /// Peers of a minute that are told apart.
    static var peerLimit: Int { 256 }
    private static var memory: Int64 { 8 }

    /// What a subject had in the minute in which a conversation began; nil where it does not count any more.
    mutating func note(
        _ subject: Subject,
        peer: IPAddress,
        bytes: Int,
        began: Int64,
        at second: Int64
    ) -> (peers: Int, bytes: Int)? {
        let (minute, now) = (began / 60, second / 60)
        guard now - minute < Self.memory, hasRoom(for: subject, now) else { return nil }
        return Self.count(&minutes[subject, default: []], minute, now, peer, bytes)
    }

    private static func count(
        _ minutes: inout [Minute],
        _ minute: Int64,
        _ now: Int64,
        _ peer: IPAddress,
        _ bytes: Int
    ) -> (peers: Int, bytes: Int) {
        minutes.removeAll { now - $0.number >= memory }
        let place: Int
        if let known = minutes.firstIndex(where: { $0.number == minute }) {
            place = known
        } else {
            place = minutes.count
            minutes.append(Minute(number: minute))
        }
        if minutes[place].peers.count < peerLimit { minutes[place].peers.insert(peer) }
        minutes[place].bytes =
            minutes[place].bytes.addingReportingOverflow(bytes).overflow ? .max : minutes[place].bytes + bytes
        return (minutes[place].peers.count, minutes[place].bytes)
    }

    private mutating func hasRoom(for subject: Subject, _ now: Int64) -> Bool {
        if minutes.count < Self.limit || minutes[subject] != nil { return true }
        // Once a minute, so that it costs nobody more who fills it.
        guard swept < now else { return false }
        swept = now
        minutes = minutes.filter { entry in entry.value.contains { now - $0.number < Self.memory } }
        return minutes.count < Self.limit
    }
}

extension PeerMinutes.Subject {
    init(_ end: BaselineEnd) {
        self = end.container.map { .container($0.key) } ?? .address(end.address)
    }
}
