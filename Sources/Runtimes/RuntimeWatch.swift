package import Containers
import HTTP

/// Follows the runtime behind one socket for as long as the program runs, and reports which containers it has.
///
/// Absent, restarting, hanging or broken, it costs detail and nothing else: the watch says so once, and goes on asking. The
/// runtime is only ever asked, with GET.
package actor RuntimeWatch: RuntimeFollower {
    let client: HTTPClient
    let keys: LabelKeys
    let timing: RuntimeTiming
    let source: String
    private let report: @Sendable (RuntimeReport) -> Void
    var ledger = RuntimeLedger()
    /// Nil at first, then whether its last word was `.connected`.
    private var isConnected: Bool?

    /// Starts nothing yet. `report` is called for one thing after the other, and must not wait for anything.
    package init(
        socket: RuntimeSocket,
        keys: LabelKeys = LabelKeys(),
        timing: RuntimeTiming = RuntimeTiming(),
        report: @escaping @Sendable (RuntimeReport) -> Void
    ) {
        client = HTTPClient(socket: socket.path)
        source = socket.path
        self.keys = keys
        self.timing = timing
        self.report = report
    }

    /// Follows the runtime until the task is cancelled, and then ends at once.
    package func run() async {
        await SocketRetries(path: source, timing: timing).run {
            let failure = await follow()
            if !Task.isCancelled, isConnected != false {
                isConnected = false
                report(.unreachable(source: source, reason: "\(failure)"))
            }
            return .failed
        }
    }

    /// Its events tell.
    package nonisolated func expect(_ identifier: String) {}

    /// Tells it, unless there is nothing to tell.
    func tell(_ news: RuntimeReport?) {
        if let news { report(news) }
    }

    /// The list of all containers came: it is connected, and `reports` is what it has.
    func tellConnected(_ reports: [RuntimeReport]) {
        if isConnected != true {
            isConnected = true
            report(.connected(source: source))
        }
        for news in reports { report(news) }
    }

    /// Whether what comes next is the first list since it was not connected.
    var isAnew: Bool { isConnected != true }
}
