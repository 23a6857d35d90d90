import Addressing
import Graph
import HTTP
import Records
import Store

/// What an agent remembers, and what comes.
extension AgentRoutes {
    func flows(_ request: HTTPRequest) throws -> HTTPReply {
        let now = clock()
        let asked = try FlowRequest(request, now: now)
        let store = store()
        if asked.isStored, store == nil {
            return .nothingRemembered
        }
        let live = asked.follows ? feeds.flows.follow() : nil
        if asked.follows, live == nil { return .refusal(503, "the agent ends") }
        let lines = FlowLines(asked, store: store, live: live, now: now)
        let flows = feeds.flows
        return HTTPReply(
            stream: HTTPStream(next: { await lines.next() }) {
                if let live { flows.leave(live) }
            }
        )
    }

    func alerts(_ request: HTTPRequest) throws -> HTTPReply {
        let now = clock()
        let asked = try AlertRequest(request, now: now)
        let store = store()
        if asked.isStored, store == nil {
            return .nothingRemembered
        }
        let live = asked.follows ? feeds.alerts.follow() : nil
        if asked.follows, live == nil { return .refusal(503, "the agent ends") }
        let lines = AlertLines(asked, store: store, live: live, now: now)
        let alerts = feeds.alerts
        return HTTPReply(
            stream: HTTPStream(next: { await lines.next() }) {
                if let live { alerts.leave(live) }
            }
        )
    }

    func journal(_ request: HTTPRequest) async throws -> HTTPReply {
        let parameters = try Parameters(request, names: ["since", "until", "whole"], now: clock())
        guard let store = store() else {
            return .nothingRemembered
        }
        var since = try parameters.moment("since")
        let until = try parameters.moment("until")
        var after: Int64 = 0
        // What was so at a time was told at the beginning of the agent's session, or since.
        if try parameters.flag("whole"), let time = since {
            after = try await store.asked { (try $0.beginning(of: time) ?? 1) - 1 }
            since = nil
        }
        let lines = JournalLines(store, since: since, until: until, after: after)
        return HTTPReply(stream: HTTPStream(next: { await lines.next() }, onEnd: {}))
    }

    func gaps(_ request: HTTPRequest) throws -> HTTPReply {
        let parameters = try Parameters(request, names: ["since", "until"], now: clock())
        guard let store = store() else {
            return .nothingRemembered
        }
        let lines = GapLines(store, since: try parameters.moment("since"), until: try parameters.moment("until"))
        return HTTPReply(stream: HTTPStream(next: { await lines.next() }, onEnd: {}))
    }

    func graph(_ request: HTTPRequest) async throws -> HTTPReply {
        let parameters = try Parameters(request, names: ["since", "until", "endpoint", "port"], now: clock())
        let since = try parameters.moment("since")
        let until = try parameters.moment("until")
        if since == nil, until == nil, parameters.text("endpoint") == nil, parameters.text("port") == nil {
            guard let view = await desk.view() else {
                return .refusal(503, "too many ask, or the agent ends; try again")
            }
            return HTTPReply(body: JSONGraph.text(of: view.graph, rates: view.rates))
        }
        guard let store = store() else {
            return .nothingRemembered
        }
        let end = (until ?? clock()).seconds
        let start = since?.seconds ?? end - 3600
        guard start <= end else { throw Parameters.Mistake(message: "since is later than until") }
        var query = MinuteQuery(span: (start - start % 60)..<(end + 1))
        query.endpoint = parameters.text("endpoint")
        query.port = try parameters.number("port", in: 0...65_535).map { UInt16($0) }
        let asked = query
        let found = try await store.asked { try $0.minutes(asked) }
        return HTTPReply(body: JSONGraph.text(of: GraphPicture(minutes: found.minutes, endpoints: found.endpoints)))
    }

    func changes() -> HTTPReply {
        guard let live = feeds.changes.follow() else { return .refusal(503, "the agent ends") }
        let lines = ChangeLines(live)
        let changes = feeds.changes
        return HTTPReply(stream: HTTPStream(next: { await lines.next() }, onEnd: { changes.leave(live) }))
    }
}
