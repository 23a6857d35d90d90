import Foundation
import Support
import Testing

extension Live {
    /// What clients and others do to the socket of a running agent.
    @Suite("Agent, when its door is in trouble", .needs(.nodes))
    struct DoorFaultTests {
        @Test func itsSocketIsDeletedAndComesBack() throws {
            let agent = try WatchedAgent(on: Lab(nodes: ["only"]).nodes[0])
            try agent.node.output(of: "rm", agent.socket)
            try agent.wait("it answers again", within: .seconds(20)) { try agent.curl("/v1/status").status == 0 }
            #expect(agent.said("the socket had been deleted, and is there again") == 1)
            #expect(agent.running.stop().status == 0)
            #expect(try agent.node.run("test", "-e", agent.socket).status == 1)
        }

        @Test func somethingElseLiesInItsPlaceAndStays() throws {
            let agent = try WatchedAgent(on: Lab(nodes: ["only"]).nodes[0])
            try agent.node.shell("rm $1; echo mine >$1", agent.socket)
            try agent.wait("it is said") { agent.said("the socket cannot be put back") == 1 }
            try agent.talk(20)
            try agent.wait("the rest goes on") { try agent.remembered == 20 }
            #expect(try agent.node.output(of: "cat", agent.socket) == "mine")
            #expect(agent.said("the socket cannot be put back") == 1)
            #expect(agent.running.stop().status == 0)
            #expect(try agent.node.output(of: "cat", agent.socket) == "mine")
        }

        @Test func aStrangerReadsNothingAndMovesNothing() throws {
            let agent = try WatchedAgent(on: Lab(nodes: ["only"]).nodes[0])
            // The file says no.
            #expect(try agent.curl("/v1/status", as: "65534").status == 7)
            try agent.node.output(of: "chmod", "0666", agent.socket)
            // And so does the agent.
            for path in ["/v1/status", "/v1/flows", "/v1/graph", "/v1/journal", "/metrics"] {
                #expect(try agent.code(path, as: "65534") == "403")
            }
            #expect(try agent.code("/v1/reload", "-X", "POST", as: "65534") == "403")
            #expect(agent.said("read anew") == 0)
            #expect(try agent.code("/v1/reload", "-X", "POST") == "202")
            try agent.wait("it reloads") { agent.said("the configuration was read anew") == 1 }
            let read = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "cat", agent.database]
            #expect(try agent.node.run(read).status == 1)
            #expect(agent.running.stop().status == 0)
            let asked = try agent.rows("SELECT actor || ' ' || outcome FROM audit WHERE act = 'reload' ORDER BY id")
            #expect(asked.contains("uid 0 asked") && asked.contains("agent done"), "\(asked)")
        }

        @Test func aConfigurationThatIsWrongChangesNothing() throws {
            let node = try Lab(nodes: ["only"]).nodes[0]
            try node.shell("echo 'log: {level: notice}' >/run/portolan.yaml")
            let agent = try WatchedAgent(on: node, "--config", "/run/portolan.yaml")
            let process = try #require(agent.running.children.first)
            try node.shell("echo 'store: {flows: {age: 2h, size: 8MiB}}' >/run/portolan.yaml")
            kill(process, SIGHUP)
            try agent.wait("it is read") { agent.said("store.flows") == 1 }
            try node.shell("echo 'store: {flows: many' >/run/portolan.yaml")
            kill(process, SIGHUP)
            try agent.wait("it is refused") { agent.said("the configuration stays as it was") == 1 }
            try agent.talk(20)
            try agent.wait("it goes on") { try agent.remembered == 20 }
            #expect(agent.running.stop().status == 0)
            let outcomes = "SELECT outcome FROM audit WHERE actor = 'agent' AND act = 'reload' ORDER BY id"
            #expect(try agent.rows(outcomes) == ["done", "refused"])
        }

        @Test func whoSendsRubbishOrNothingKeepsNobodyFromAnAnswer() throws {
            let agent = try WatchedAgent(on: Lab(nodes: ["only"]).nodes[0])
            let script = """
                import os, resource, socket, sys, time
                resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
                def connect():
                    link = socket.socket(socket.AF_UNIX)
                    link.settimeout(20)
                    link.connect(sys.argv[1])
                    return link
                rubbish = connect()
                try:
                    for _ in range(16): rubbish.sendall(os.urandom(65536))
                except OSError: pass
                links = []
                for number in range(1200):
                    links.append(connect())
                    if number < 200: links[-1].sendall(b"GET /v1/status HTT")
                print("there", flush=True)
                time.sleep(600)
                """
            let others = try agent.node.start("/usr/bin/python3", "-c", script, agent.socket)
            try others.waitFor("there")
            for _ in 0..<5 {
                let asked = ContinuousClock.now
                #expect(try agent.curl("/v1/status").records.first?["capture.packets"] != nil)
                #expect(ContinuousClock.now - asked < .seconds(20))
            }
            others.kill()
            #expect(agent.running.stop().status == 0)
        }
    }
}
