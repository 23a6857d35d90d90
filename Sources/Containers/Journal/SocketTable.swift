import Addressing

/// Whose the sockets of connections were.
///
/// Each answer stands for itself and is about one moment, so that none is open and none closes. Bounded: where a namespace has
/// its share, or all have more than `limit`, its own oldest goes first; where it has none, the new one is refused. Both are
/// counted.
struct SocketTable {
    private var answers: [SocketKey: [ConnectionSocket]] = [:]
    /// What each namespace has, in the order it came.
    private var lines: [NetworkNamespace: WaitingLine<SocketKey>] = [:]
    private(set) var count = 0
    private(set) var refused: UInt64 = 0
    private(set) var forgotten: UInt64 = 0
    private var cleared = Timestamp(nanoseconds: .min)
    private let limit: Int
    private let share: Int

    /// How far from the first packet an answer's own may lie and be about the same connection, in nanoseconds: what a busy
    /// monitor is late by, and less than it takes to use the ends of a connection again.
    private static var slack: Int64 { 250_000_000 }

    /// `share` is the most of one namespace that is not the host's.
    init(limit: Int, share: Int) {
        self.limit = max(1, limit)
        self.share = max(1, share)
    }

    var isEmpty: Bool { count == 0 }

    /// Takes an answer in, or more of one that is there.
    mutating func insert(_ socket: ConnectionSocket, isOfHost: Bool, at time: Timestamp) {
        if let index = answers[socket.key]?.firstIndex(where: { $0.since == socket.since }) {
            answers[socket.key]?[index] = socket
            return
        }
        let namespace = socket.key.namespace
        let own = lines[namespace]?.count ?? 0
        if count >= limit || !isOfHost && own >= share {
            guard own > 0 else {
                refused += 1
                return
            }
            removeOldest(of: namespace)
            forgotten += 1
        }
        answers[socket.key, default: []].append(socket)
        lines[namespace, default: WaitingLine()].append(socket.key, at: time)
        count += 1
    }

    /// The answer about the connection that began at a time; of several the nearest.
    func answer(_ key: SocketKey, at time: Timestamp) -> ConnectionSocket? {
        guard let list = answers[key] else { return nil }
        var best: (socket: ConnectionSocket, distance: UInt64)?
        for socket in list {
            let distance = socket.since.distance(to: time)
            if distance <= UInt64(Self.slack), best.map({ distance < $0.distance }) ?? true {
                best = (socket, distance)
            }
        }
        return best?.socket
    }

    /// Forgets what came before a time. Looks once a second.
    mutating func forget(before time: Timestamp) {
        guard count > 0, cleared.distance(to: time) >= 1_000_000_000 else { return }
        cleared = time
        for namespace in lines.keys {
            while let first = lines[namespace]?.first, first.time < time { removeOldest(of: namespace) }
        }
    }

    private mutating func removeOldest(of namespace: NetworkNamespace) {
        guard let key = lines[namespace]?.first?.item else { return }
        lines[namespace]?.removeFirst()
        if lines[namespace]?.first == nil { lines[namespace] = nil }
        answers[key]?.removeFirst()
        if answers[key]?.isEmpty == true { answers[key] = nil }
        count -= 1
    }
}

extension Timestamp {
    /// Nanoseconds between two moments, whichever is the later.
    fileprivate func distance(to other: Timestamp) -> UInt64 {
        let (low, high) =
            nanoseconds < other.nanoseconds ? (nanoseconds, other.nanoseconds) : (other.nanoseconds, nanoseconds)
        return UInt64(bitPattern: high) &- UInt64(bitPattern: low)
    }
}
