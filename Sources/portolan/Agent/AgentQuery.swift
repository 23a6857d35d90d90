import Glibc
import HTTP
import Monitor

/// Asks the agent that runs on this host, and waits for what it says.
struct AgentQuery {
    /// Why it says nothing, for people, with what to do.
    struct Failure: Error, CustomStringConvertible {
        let description: String
        /// Whether it is for want of rights.
        private(set) var isDenied = false

        init(description: String) {
            self.description = description
        }

        /// What that means for the exit status.
        var status: Int32 { isDenied ? ExitStatus.denied : ExitStatus.failed }

        /// Why nobody, or not he, answered at a socket.
        init(_ failure: HTTPFailure, at socket: String) {
            description =
                switch failure {
                case .connection(let path, let code) where code == ENOENT || code == ECONNREFUSED:
                    "no agent answers at \(path); portolan run starts one"
                case .connection(let path, let code) where code == EACCES:
                    "\(path): permission denied; whoever runs the agent, and its group, may ask it"
                case .refused(403):
                    "the agent at \(socket) does not answer you: whoever runs it, root and the group of its socket may ask"
                case .refused(let status): "the agent at \(socket) answers with \(status)"
                default: "cannot ask the agent at \(socket): \(failure)"
                }
            switch failure {
            case .refused(403), .connection(_, EACCES): isDenied = true
            default: break
            }
        }
    }

    private let socket: String

    init(socket: String) {
        self.socket = socket
    }

    /// How long the agent may take, and how much it may say: a graph at its bounds is some 60 MB.
    static var patience: Duration { .seconds(10) }
    private static var limit: Int { 256 << 20 }

    typealias Answer = Result<HTTPAnswer, HTTPFailure>

    private static func ask(
        _ client: HTTPClient,
        _ method: HTTPClient.Method,
        _ target: String,
        _ patience: Duration
    ) async -> Answer {
        do {
            return .success(try await client.ask(method, target, timeout: patience, limit: limit))
        } catch {
            return .failure(error)
        }
    }

    /// What the agent answers, whatever that is. Throws when the system has no room to ask.
    func ask(
        _ method: HTTPClient.Method,
        _ target: String,
        within patience: Duration = patience
    ) throws -> Answer {
        let answers = try Inbox<Answer>(limit: 1)
        let client = HTTPClient(socket: socket)
        Task { answers.put([await Self.ask(client, method, target, patience)]) }
        while true {
            if let answer = answers.take().first { return answer }
            var request = pollfd(fd: answers.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, -1)
        }
    }

    /// The body of the answer to `target`.
    func get(_ target: String) throws -> [UInt8] {
        switch try ask(.get, target) {
        case .success(let answer) where answer.status == 200: return answer.body
        case .success(let answer): throw Failure(.refused(status: answer.status), at: socket)
        case .failure(let failure): throw Failure(failure, at: socket)
        }
    }
}
