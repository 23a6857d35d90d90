import Agent
import HTTP
import Synchronization
import Testing

/// Who may ask, and who may have it act.
@Suite("Access", .timeLimit(.minutes(1)))
struct AccessTests {
    @Test func strangersReadNothingAndChangeNothing() async {
        let routes = Routes(readers: 4242)
        for target in ["/v1/status", "/v1/flows", "/v1/journal", "/v1/graph", "/metrics", "/nothing"] {
            let reply = await routes.ask(target, as: Routes.stranger)
            #expect(reply.status == 403 && reply.stream == nil, "\(target)")
        }
        #expect(await routes.ask("/v1/reload", method: "POST", as: Routes.stranger).status == 403)
        #expect(await routes.ask("/v1/status", as: nil).status == 403)
        #expect(routes.reloads.load(ordering: .relaxed) == 0)
        #expect(routes.notes.withLock { $0 } == ["uid 65534 act refused"])
    }

    @Test func membersReadAndDoNotAct() async {
        let routes = Routes(readers: 4242)
        let member = HTTPPeer(process: 3, user: 65_534, group: 4242)
        #expect(await routes.ask("/nothing", as: member).status == 404)
        #expect(await routes.ask("/v1/reload", method: "POST", as: member).status == 403)
        #expect(routes.reloads.load(ordering: .relaxed) == 0)
        #expect(routes.notes.withLock { $0 } == ["uid 65534 reload refused"])
    }

    @Test func rootActs() async {
        let routes = Routes()
        #expect(await routes.ask("/v1/reload", method: "POST").status == 202)
        #expect(routes.reloads.load(ordering: .relaxed) == 1)
        #expect(routes.notes.withLock { $0 } == ["uid 0 reload asked"])
        #expect(await routes.ask("/v1/status", method: "POST").status == 404)
    }

    @Test func groupsAreFoundByNameAndNumber() {
        #expect(Access.group("root") == 0)
        #expect(Access.group("4242") == 4242)
        #expect(Access.group("no-such-group-here") == nil)
    }
}
