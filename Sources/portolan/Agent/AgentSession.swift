import Agent
import Flows
import Graph
import HTTP
import Monitor
import Pipeline
import Records

/// One run of `portolan run` that answers at a socket.
struct AgentSession {
    private let live: LiveOptionsGroup
    private let socket: String

    init(_ live: LiveOptionsGroup, socket: String) {
        self.live = live
        self.socket = socket
    }

    /// Watches and answers until it is to end. Throws when nobody can be answered at the socket, or nothing be watched.
    func run() throws {
        let desk = Desk()
        let drawn = GraphSink(hearsStarts: true)
        let started = Clock.now
        var server: HTTPServer?
        defer {
            desk.close()
            server?.stop()
        }
        _ = try LiveRun(live, settings: settings).run(
            into: SplitSink(RunReport(), drawn),
            opened: {
                let routes = AgentRoutes(desk: desk)
                server = try HTTPServer(socket: socket) { await routes.respond(to: $0) }
            },
            idle: { monitor in
                desk.serve(at: Clock.now) { time in
                    AgentView(
                        version: Portolan.version,
                        started: started,
                        time: time,
                        summary: monitor.summary,
                        graph: drawn.graph.picture,
                        inventory: monitor.inventory
                    )
                }
            }
        )
    }

    private var settings: LiveSettings {
        var settings = live.settings
        settings.pipeline.flows.reportsStarts = true
        settings.pipeline.flows.reportsUpdates = true
        return settings
    }
}
