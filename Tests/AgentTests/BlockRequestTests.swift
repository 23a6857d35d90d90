@testable import Agent
import HTTP
import Synchronization
import Testing

@Suite("Requests about blocks")
struct BlockRequestTests {
    private func action(_ method: String, _ target: String, _ body: String = "") -> String {
        var request = HTTPRequest(method: method, target: target)
        request.body = Array(body.utf8)
        switch AgentRoutes.action(of: request) {
        case .failure(let refusal): return "\(refusal.reply.status)"
        case .success(nil): return "reload"
        case .success(.list(let withEnded)?): return "list \(withEnded)"
        case .success(.add(let words, let isPreview, _)?):
            let text = words.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            return "\(isPreview ? "preview" : "block") \(text)"
        case .success(.release(let number, _)?): return "release \(number)"
        case .success(.undoable?): return "undoable"
        case .success(.undo(_, let number)?): return number.map { "undo \($0)" } ?? "undo"
        case .success(.panic?): return "panic"
        }
    }

    @Test func areUnderstood() {
        #expect(action("POST", "/v1/reload") == "reload")
        #expect(action("POST", "/v1/panic") == "panic")
        #expect(action("POST", "/v1/blocks/undo") == "undo")
        #expect(action("POST", "/v1/blocks/undo?number=7") == "undo 7")
        #expect(action("DELETE", "/v1/blocks/17") == "release 17")
        #expect(action("POST", "/v1/blocks?container=web&to=192.0.2.7") == "block container=web to=192.0.2.7")
        #expect(
            action("POST", "/v1/blocks?container=web", "to=10.0.0.0%2F8&preview=true")
                == "preview container=web to=10.0.0.0/8"
        )
        #expect(action("POST", "/v1/blocks", "container=web&preview=false") == "block container=web")
    }

    @Test(arguments: [
        ("DELETE", "/v1/blocks"), ("DELETE", "/v1/blocks/x"), ("DELETE", "/v1/blocks/-1"), ("DELETE", "/v1/panic"),
        ("POST", "/v1/blocks/17"), ("POST", "/v1/status"), ("DELETE", "/v1/reload"),
    ])
    func areNotFound(method: String, target: String) {
        #expect(action(method, target) == "404")
    }

    @Test func whatCannotBeReadIsRefused() {
        #expect(action("POST", "/v1/blocks", "container=%zz") == "400")
        #expect(action("POST", "/v1/blocks", "to=" + String(repeating: "1", count: 9000)) == "400")
        var request = HTTPRequest(method: "POST", target: "/v1/blocks")
        request.body = [0xff, 0xfe]
        #expect(request.form == nil)
    }

    /// Whoever may only read has nobody stopped, and nothing let go.
    @Test(arguments: [
        ("POST", "/v1/blocks?container=a&to=192.0.2.1"), ("DELETE", "/v1/blocks/1"), ("POST", "/v1/panic"),
        ("POST", "/v1/blocks/undo"),
    ])
    func onlyWhoMayActIsHeard(method: String, target: String) async {
        let routes = Routes(readers: 65_534)
        #expect(await routes.ask("/v1/blocks", as: Routes.stranger).status == 503)
        #expect(await routes.ask(target, method: method, as: Routes.stranger).status == 403)
        #expect(routes.notes.withLock { $0 }.count == 1)
        // He is heard, and there is nobody here who could do it.
        #expect(await routes.ask(target, method: method).status == 503)
    }
}
