import Addressing
import Containers
import Netlink

/// Connections that the host is about to begin, as conntrack tells before their first packets have been handed over.
///
/// Bounded: beyond `limit` at a time they are asked for when their first packets are seen, as all others are.
struct SocketForesight {
    /// Not switched on yet: of connections closed at once some got another's process, in one of two runs. If it is, then only
    /// where all packets of the host are looked at: else nobody would ask.
    var isWanted = false
    private var questions: [SocketQuestion] = []
    private var addresses: Set<IPAddress> = []
    private var looked: Timestamp?

    static var limit: Int { 1024 }
    /// How long the host's addresses are taken for what they were, in nanoseconds.
    private static var freshness: Int64 { 1_000_000_000 }

    /// Notes a connection if the host begins it; `own` gives the addresses of the host.
    mutating func note(
        _ message: ConnectionMessage,
        in home: NetworkNamespace,
        at now: Timestamp,
        own: () -> Set<IPAddress>
    ) {
        guard isWanted, questions.count < Self.limit, SocketProtocol(rawValue: message.original.protocolNumber) != nil
        else { return }
        if looked.map({ now < $0 || now.nanoseconds - $0.nanoseconds >= Self.freshness }) ?? true {
            addresses = own()
            looked = now
        }
        let tuple = message.original
        guard addresses.contains(tuple.source) else { return }
        let key = SocketKey(
            namespace: home,
            protocolNumber: tuple.protocolNumber,
            local: Translation.End(address: tuple.source, port: tuple.sourcePort),
            remote: Translation.End(address: tuple.destination, port: tuple.destinationPort)
        )
        var question = SocketQuestion(key: key, since: now, isServer: false)
        question.isAwaited = false
        questions.append(question)
    }

    /// What was noted since this was asked last.
    mutating func take() -> [SocketQuestion] {
        defer { questions.removeAll(keepingCapacity: true) }
        return questions
    }
}
