import Containers
package import HTTP
import Records

/// What can be asked of an agent. `Docs/API.md` is its description.
package struct AgentRoutes: Sendable {
    private let desk: Desk

    package init(desk: Desk) {
        self.desk = desk
    }

    /// Answers a request. Text is made here, on the client's thread.
    package func respond(to request: HTTPRequest) async -> HTTPReply {
        guard request.method == "GET" || request.method == "HEAD" else {
            return .refusal(405, "ask with GET: nothing can be changed here")
        }
        let write: @Sendable (AgentView) -> HTTPReply
        switch request.path {
        case "/v1/status": write = { HTTPReply(body: AgentStatus.text(of: $0)) }
        case "/v1/graph": write = { HTTPReply(body: JSONGraph.text(of: $0.graph)) }
        case "/v1/containers": write = { HTTPReply(type: "application/x-ndjson", body: InventoryWriter.text(of: $0)) }
        default: return .refusal(404, "there is /v1/status, /v1/graph and /v1/containers")
        }
        guard let view = await desk.view() else { return .refusal(503, "too many ask, or the agent ends; try again") }
        return write(view)
    }
}

extension InventoryWriter {
    /// Everybody who is here, a line each.
    fileprivate static func text(of view: AgentView) -> [UInt8] {
        var writer = InventoryWriter(hostName: view.inventory.hostName, time: view.time)
        for place in view.inventory.namespaces { writer.write(allOf: place) }
        return writer.bytes
    }
}
