import Support
import Synchronization

/// What Docker's API says, as far as a watch asks for it: a server whose containers a test makes and breaks.
final class FakeEngine: Sendable {
    private struct State {
        var containers: [String: String] = [:]
        var version = #"{"Components":[{"Name":"Engine"}]}"#
        var listing: [ScriptedServer.Step] = []
        var askingOne: [ScriptedServer.Step] = []
        var page = "{}"
        var busiest = 0
    }

    private let state: Mutex<State>
    let events = Feed()
    let server: ScriptedServer

    /// Listens at `path`, or somewhere new.
    init(path: String? = nil, containers: [String: String] = [:], version: String? = nil) throws {
        let shared = Shared()
        state = Mutex(State(containers: containers))
        server = try ScriptedServer(path: path) { shared.engine?.script(for: $0) ?? [] }
        if let version { state.withLock { $0.version = version } }
        shared.set(self)
    }

    deinit { stop() }

    func stop() {
        events.end()
        server.stop()
    }

    /// A container as Docker lists it; `more` are further fields, each after a comma.
    static func listed(_ identifier: String, _ name: String, mode: String = "default", more: String = "") -> String {
        #"{"Id":"\#(identifier)","Names":["/\#(name)"],"Image":"img:1","Created":1795303940,"Labels":{},"#
            + #""HostConfig":{"NetworkMode":"\#(mode)"},"NetworkSettings":{"Networks":{"bridge":{}}}\#(more)}"#
    }

    /// An event as Docker says it.
    static func event(_ action: String, _ identifier: String, _ name: String) -> String {
        #"{"Type":"container","Action":"\#(action)","Actor":{"ID":"\#(identifier)","Attributes":{"image":"img:1","name":"\#(name)","#
            + #""a":"b"}},"time":1795303940,"timeNano":1795303940000000007}"# + "\n"
    }

    func set(_ identifier: String, _ listed: String?) { state.withLock { $0.containers[identifier] = listed } }

    /// What comes before the list of all is answered, and before questions about one are.
    func delay(listing: [ScriptedServer.Step] = [], askingOne: [ScriptedServer.Step] = []) {
        state.withLock {
            $0.listing = listing
            $0.askingOne = askingOne
        }
    }

    /// What any container's own page says.
    func setPage(_ page: String) { state.withLock { $0.page = page } }

    /// The most questions about single containers that were open at one time.
    var busiest: Int { state.withLock { $0.busiest } }

    private func script(for target: String) -> [ScriptedServer.Step] {
        state.withLock { state in
            if target == "/version" { return [.answer(state.version)] }
            if target.hasPrefix("/events?") { return [.chunkedHead, .follow(events)] }
            if target.contains("%22id%22") {
                state.busiest = max(state.busiest, server.openConnections - 1)
                let found = state.containers.filter { target.contains($0.key) }.map(\.value)
                return state.askingOne + [.answer("[\(found.joined(separator: ","))]")]
            }
            if target.contains("/containers/json?all") {
                return state.listing + [
                    .answer("[\(state.containers.sorted { $0.key < $1.key }.map(\.value).joined(separator: ","))]")
                ]
            }
            return [.answer(state.page)]
        }
    }

    /// The server's script knows the engine that was not there yet when it began.
    private final class Shared: Sendable {
        private struct Weak: Sendable { weak var engine: FakeEngine? }
        private let weak = Mutex(Weak())
        var engine: FakeEngine? { weak.withLock { $0.engine } }
        func set(_ engine: FakeEngine) { weak.withLock { $0.engine = engine } }
    }
}
