import Glibc
import HTTP
import Monitor

/// Reads what an agent tells line by line, for as long as it does.
struct AgentLines {
    private enum Event: Sendable {
        case line([UInt8])
        case end(HTTPFailure?)
    }

    private let socket: String
    private let target: String

    init(socket: String, target: String) {
        self.socket = socket
        self.target = target
    }

    /// How long the agent may take to begin, and the most bytes of a line: a graph at its bounds is some 60 MB.
    private static var patience: Duration { .seconds(10) }
    private static var limit: Int { 256 << 20 }
    /// Lines that may wait to be printed.
    private static var waiting: Int { 1024 }

    /// Hands over each line without its end, until the agent has said all, or `body` or a signal ends it.
    ///
    /// Throws `AgentQuery.Failure`.
    func read(_ body: ([UInt8]) throws -> Bool) throws {
        let events = try Inbox<Event>(limit: Self.waiting)
        let client = HTTPClient(socket: socket)
        let target = target
        let task = Task {
            var failure: HTTPFailure?
            do throws(HTTPFailure) {
                try await client.lines(of: target, timeout: Self.patience, limit: Self.limit, opened: {}) { line in
                    while events.put([.line(line)]) != 0, !Task.isCancelled {
                        try? await Task.sleep(for: .milliseconds(5))
                    }
                }
            } catch {
                failure = error
            }
            while events.put([.end(failure)]) != 0 { try? await Task.sleep(for: .milliseconds(5)) }
        }
        defer { task.cancel() }
        while !Interrupt.isThere {
            var request = pollfd(fd: events.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, 100)
            for event in events.take() {
                switch event {
                case .line(let line): if try !body(line) { return }
                case .end(nil): return
                case .end(let failure?): throw AgentQuery.Failure(failure, at: socket)
                }
            }
        }
    }
}
