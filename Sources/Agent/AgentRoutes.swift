package import Addressing
import Containers
import Graph
package import HTTP
import Records
package import Store

/// What can be asked of an agent. `Docs/API.md` is its description.
package struct AgentRoutes: Sendable {
    let desk: Desk
    let feeds: AgentFeeds
    private let access: Access
    /// The database; nil while there is none.
    let store: @Sendable () -> Store?
    let clock: @Sendable () -> Timestamp
    let acts: AgentActs

    package init(
        desk: Desk,
        feeds: AgentFeeds,
        access: Access,
        store: @escaping @Sendable () -> Store?,
        clock: @escaping @Sendable () -> Timestamp,
        acts: AgentActs
    ) {
        self.desk = desk
        self.feeds = feeds
        self.access = access
        self.store = store
        self.clock = clock
        self.acts = acts
    }

    /// Answers a request. Text is made here, on the client's thread.
    package func respond(to request: HTTPRequest) async -> HTTPReply {
        guard access.mayRead(request.peer) else {
            if request.method != "GET", request.method != "HEAD" { acts.note(Self.actor(request), "act", "refused") }
            return .refusal(403, "whoever runs the agent, root and the group of its socket may ask")
        }
        switch request.method {
        case "GET", "HEAD":
            do {
                return try await read(request)
            } catch let mistake as Parameters.Mistake {
                return HTTPReply(status: 400, body: ErrorText.line(mistake.message))
            } catch {
                return HTTPReply(status: 503, body: ErrorText.line("\(error)"))
            }
        case "POST", "DELETE": return await act(request)
        default: return .refusal(405, "ask with GET, and have it act with POST or DELETE")
        }
    }

    /// Answers with numbers and nothing else, whoever asks: for a TCP port.
    package func numbers(for request: HTTPRequest) async -> HTTPReply {
        guard request.method == "GET" || request.method == "HEAD" else { return .refusal(405, "ask with GET") }
        guard request.path == "/metrics" else { return .refusal(404, "there is /metrics") }
        guard let view = await desk.view() else { return .refusal(503, "too many ask, or the agent ends; try again") }
        return HTTPReply(type: MetricsText.type, body: MetricsText.text(of: view))
    }

    private func read(_ request: HTTPRequest) async throws -> HTTPReply {
        switch request.path {
        case "/v1/flows": return try flows(request)
        case "/v1/alerts": return try alerts(request)
        case "/v1/journal": return try await journal(request)
        case "/v1/gaps": return try gaps(request)
        case "/v1/graph": return try await graph(request)
        case "/v1/graph/changes": return changes()
        case "/v1/blocks":
            let parameters = try Parameters(request, names: ["all"], now: clock())
            return await acts.blocks(.list(withEnded: try parameters.flag("all")))
        case "/v1/blocks/undo": return await acts.blocks(.undoable)
        case "/v1/cases": return try await cases(request)
        default: break
        }
        if let number = Self.number(in: request.path, between: "/v1/cases/", and: "") {
            return try await caseDetail(number, request)
        }
        let write: @Sendable (AgentView) -> HTTPReply
        switch request.path {
        case "/v1/status": write = { HTTPReply(body: AgentStatus.text(of: $0)) }
        case "/v1/containers":
            let tellsAll = try Parameters(request, names: ["all"], now: clock()).flag("all")
            write = { HTTPReply(type: "application/x-ndjson", body: InventoryWriter.text(of: $0, all: tellsAll)) }
        case "/metrics": write = { HTTPReply(type: MetricsText.type, body: MetricsText.text(of: $0)) }
        default:
            return .refusal(
                404,
                """
                there is /v1/status, /v1/containers, /v1/flows, /v1/alerts, /v1/journal, /v1/gaps, /v1/graph, \
                /v1/graph/changes, /v1/blocks, /v1/blocks/undo, /v1/cases, /v1/cases/NUMBER, /metrics
                """
            )
        }
        guard let view = await desk.view() else { return .refusal(503, "too many ask, or the agent ends; try again") }
        return write(view)
    }

    static func actor(_ request: HTTPRequest) -> String {
        request.peer.map { "uid \($0.user)" } ?? "unknown"
    }

    private func act(_ request: HTTPRequest) async -> HTTPReply {
        let actor = Self.actor(request)
        if request.method == "POST",
            let number = Self.number(in: request.path, between: "/v1/cases/", and: "/release")
        {
            guard access.mayAct(request.peer) else {
                acts.note(actor, "release", "refused")
                return .refusal(403, "only root, and whoever runs the agent, may have it act")
            }
            return await acts.release(number, request.peer)
        }
        let asked: BlockRequest?
        switch Self.action(of: request) {
        case .success(let found): asked = found
        case .failure(let refusal): return refusal.reply
        }
        guard access.mayAct(request.peer) else {
            acts.note(actor, asked?.word ?? "reload", "refused")
            return .refusal(403, "only root, and whoever runs the agent, may have it act")
        }
        if let asked { return await acts.blocks(asked) }
        acts.note(actor, "reload", "asked")
        acts.reload()
        return HTTPReply(status: 202, body: Array("{\"reload\":\"asked\"}\n".utf8))
    }
}

/// What an agent can be made to do.
package struct AgentActs: Sendable {
    /// Reads its configuration anew.
    package var reload: @Sendable () -> Void
    /// Answers what is asked about blocks.
    package var blocks: @Sendable (BlockRequest) async -> HTTPReply
    /// Lets go of a case.
    package var release: @Sendable (UInt64, HTTPPeer?) async -> HTTPReply
    /// Packets that are recorded for cases; nil where none are.
    package var packets: CasePackets?
    /// Writes down who asked for what, and what came of it.
    package var note: @Sendable (_ actor: String, _ act: String, _ outcome: String) -> Void

    package init(
        reload: @escaping @Sendable () -> Void,
        blocks: @escaping @Sendable (BlockRequest) async -> HTTPReply = { _ in
            .refusal(503, "nothing is blocked here")
        },
        release: @escaping @Sendable (UInt64, HTTPPeer?) async -> HTTPReply = { _, _ in
            .refusal(503, "nothing is kept here")
        },
        packets: CasePackets? = nil,
        note: @escaping @Sendable (_ actor: String, _ act: String, _ outcome: String) -> Void
    ) {
        self.reload = reload
        self.blocks = blocks
        self.release = release
        self.packets = packets
        self.note = note
    }
}

extension InventoryWriter {
    /// Every container, a line each; if `all`, also namespaces without one, and the host.
    fileprivate static func text(of view: AgentView, all: Bool) -> [UInt8] {
        var writer = InventoryWriter(hostName: view.inventory.hostName, time: view.time)
        for place in view.inventory.namespaces where all || !place.containers.isEmpty {
            writer.write(allOf: place, showsHost: all)
        }
        return writer.bytes
    }
}
