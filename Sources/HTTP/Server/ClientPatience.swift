import NIOCore

/// Calls time on a client that is waited for: a request that does not come, a piece that is not taken.
///
/// One timer a connection, set anew only when it runs out. Used on its event loop only.
final class ClientPatience {
    private let loop: any EventLoop
    private let limit: TimeAmount
    private let isOver: () -> Void
    /// Since when the client is waited for; nil while something else is.
    private var since: NIODeadline?
    private var timer: Scheduled<Void>?

    init(_ loop: any EventLoop, limit: TimeAmount, isOver: @escaping () -> Void) {
        self.loop = loop
        self.limit = limit
        self.isOver = isOver
    }

    /// The client's turn: its time counts from now on.
    func begin() {
        since = loop.now
        if timer == nil { start(since: loop.now) }
    }

    /// Somebody else's turn.
    func pause() { since = nil }

    /// For good.
    func end() {
        since = nil
        timer?.cancel()
        timer = nil
    }

    private func start(since: NIODeadline) {
        timer = loop.assumeIsolated().scheduleTask(deadline: since + limit) { self.check() }
    }

    private func check() {
        timer = nil
        guard let since else { return }
        if loop.now - since < limit { start(since: since) } else { isOver() }
    }
}
