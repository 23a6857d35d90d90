import Agent
import HTTP

/// Has the agent that runs on this host do something, and waits for what comes of it.
struct AgentAct {
    /// Why it does not do it, for people, and what that means for the exit status.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
        let status: Int32
    }

    private let socket: String

    init(socket: String) {
        self.socket = socket
    }

    /// What the agent says when it is done. Throws `Refusal` when it is not.
    func ask(
        _ method: HTTPClient.Method,
        _ target: String,
        within patience: Duration = AgentQuery.patience
    ) throws -> [UInt8] {
        try body(of: try AgentQuery(socket: socket).ask(method, target, within: patience))
    }

    private func body(of answer: AgentQuery.Answer) throws(Refusal) -> [UInt8] {
        switch answer {
        case .failure(let failure):
            let query = AgentQuery.Failure(failure, at: socket)
            throw Refusal(description: query.description, status: query.status)
        case .success(let answer) where answer.status == 200: return answer.body
        case .success(let answer):
            let query = AgentQuery.Failure(.refused(status: answer.status), at: socket)
            let status: Int32 =
                switch answer.status {
                case 400: ExitStatus.usage
                case 403: ExitStatus.denied
                case 404: ExitStatus.noInput
                default: ExitStatus.failed
                }
            let message = ErrorText.message(answer.body).map(Printable.text)
            throw Refusal(description: message ?? query.description, status: status)
        }
    }
}
