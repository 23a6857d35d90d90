import Agent
import Glibc
import HTTP
import Monitor
import Store

/// Reads what an agent tells line by line, for as long as it does; or what its database does, in the same words.
struct AgentLines {
    private enum Event: Sendable {
        case line([UInt8])
        case end(AgentQuery.Failure?)
    }

    private let source: StoredSource
    private let target: String

    init(_ source: StoredSource, target: String) {
        self.source = source
        self.target = target
    }

    init(socket: String, target: String) { self.init(.agent(socket: socket), target: target) }

    /// How long the agent may take to begin, and the most bytes of a line: a graph at its bounds is some 60 MB.
    private static var patience: Duration { .seconds(10) }
    private static var limit: Int { 256 << 20 }
    /// Lines that may wait to be printed.
    private static var waiting: Int { 1024 }

    /// Hands over each line without its end, until the agent has said all, or `body` or a signal ends it.
    ///
    /// Throws `AgentQuery.Failure`, or what is wrong with the database.
    func read(_ body: ([UInt8]) throws -> Bool) throws {
        let events = try Inbox<Event>(limit: Self.waiting)
        @Sendable func hand(_ line: [UInt8]) async {
            while events.put([.line(line)]) != 0, !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
        let target = target
        let tell: @Sendable () async throws(AgentQuery.Failure) -> Void
        switch source {
        case .agent(let place):
            let client = HTTPClient(socket: place)
            tell = { () async throws(AgentQuery.Failure) in
                do throws(HTTPFailure) {
                    try await client.lines(
                        of: target,
                        timeout: Self.patience,
                        limit: Self.limit,
                        opened: {},
                        line: hand
                    )
                } catch {
                    throw AgentQuery.Failure(error, at: place)
                }
            }
        case .database(let path):
            // What it says has the path in it.
            let answers = DatabaseAnswers(try Store(reading: path), clock: { Clock.now })
            tell = { () async throws(AgentQuery.Failure) in
                do throws(DatabaseAnswers.Refusal) {
                    try await answers.lines(of: target, hand)
                } catch {
                    throw AgentQuery.Failure(description: error.description)
                }
            }
        }
        let task = Task {
            var failure: AgentQuery.Failure?
            do throws(AgentQuery.Failure) {
                try await tell()
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
                case .end(let failure?): throw failure
                }
            }
        }
    }
}
