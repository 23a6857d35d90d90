import Foundation
import Support
import Testing

extension Live {
    /// Connections that a process of the host takes and passes on: docker-proxy, where iptables(8) does not.
    @Suite("Relays", .needs(.docker))
    struct RelayTests {
        private struct Pair {
            var near: Conversation
            var far: Conversation
        }

        /// The flow to a published port, and the one that docker-proxy made of it.
        private static func pair(_ flows: [Conversation], to shown: String, and real: String) throws -> Pair {
            let near = flows.filter { $0.end("destination") == shown }
            let far = flows.filter { $0.end("destination") == real }
            try #require(near.count == 1 && far.count == 1)
            return Pair(near: near[0], far: far[0])
        }

        @Test func dockerProxysTwoConnectionsAreLinked() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            let web = try docker.run("web", "--network", "app", "-p", "8080:80", command: SharedNetworkTests.web)
            let asker = try docker.run("asker")
            let real = "\(try #require(web.addresses["app"])):80"
            let watch = try Observation(on: lab.node)
            let dump = try lab.node.start("tcpdump", "-i", "any", "-y", "LINUX_SLL2", "-U", "-w", "/run/any.pcap")
            try dump.waitFor("listening on any")
            // From a container of another network, by the host's address: docker's rules leave that to docker-proxy.
            try SharedNetworkTests.call(docker, from: "asker", lab.node.address, 8080)
            try watch.wait("both ended") { flows in
                [real, "\(lab.node.address):8080"].allSatisfy { end in
                    flows.to(end).contains { $0.last["event.action"] == "flow_ended" }
                }
            }
            dump.stop()
            let pair = try Self.pair(try watch.end(), to: "\(lab.node.address):8080", and: real)
            let (near, far) = (pair.near.last, pair.far.last)
            let id = (near["flow.id"], far["flow.id"])
            #expect(near["flow.relay.to"] == id.1 && far["flow.relay.from"] == id.0)
            #expect(near["flow.relay.confidence"] == "likely" && far["flow.relay.confidence"] == "likely")
            // True ends on both.
            #expect(near["source.container.name"] == "asker" && near["destination.identity.kind"] == "host")
            #expect(near["destination.process.name"] == "docker-proxy")
            #expect(far["source.process.name"] == "docker-proxy" && far["source.identity.kind"] == "host")
            #expect(near["destination.process.pid"] == far["source.process.pid"])
            #expect(far["destination.container.name"] == "web")
            // And who is beyond.
            #expect(near["destination.relay.container.name"] == "web")
            #expect(near["destination.relay.ip"] == web.addresses["app"] && near["destination.relay.port"] == "80")
            #expect(far["source.relay.container.name"] == "asker")
            #expect(far["source.relay.ip"] == asker.address && far["source.relay.port"] == near["source.port"])
            try Self.expectSameReplay(of: watch, on: lab.node)
        }

        @Test func soAreThoseFromTheHostsLoopback() throws {
            let lab = try DockerLab()
            let web = try lab.docker.run("web", "-p", "8080:80", command: SharedNetworkTests.web)
            let watch = try Observation(on: lab.node)
            let text = try lab.node.portolan("observe")
            try text.waitFor("capturing on", within: .seconds(60))
            let count = 5
            let callers = try SocketIdentityTests.connect(
                on: lab.node,
                to: "127.0.0.1",
                8080,
                hold: 200,
                count: count
            )
            try watch.wait("all ended") { flows in
                flows.to("\(web.address):80").count { $0.last["event.action"] == "flow_ended" } == count
            }
            let flows = try watch.end()
            for caller in callers {
                let near = try #require(
                    flows.to("127.0.0.1:8080").first { $0.last["source.port"] == caller.port }
                ).last
                let far = try #require(flows.first { $0.last["flow.id"] == near["flow.relay.to"] }).last
                #expect(near["source.process.pid"] == caller.process)
                #expect(far["flow.relay.from"] == near["flow.id"])
                #expect(far["source.relay.port"] == caller.port)
                #expect(near["destination.relay.container.name"] == "web")
                try text.waitFor("docker-proxy 127.0.0.1:8080 (on to web \(web.address):80)")
                try text.waitFor("(for python3 127.0.0.1:\(caller.port)) → web")
            }
        }

        /// The capture and the journal say afterwards what was said live.
        private static func expectSameReplay(of watch: Observation, on node: Node) throws {
            try watch.running.output.write(
                toFile: node.outside("/run/journal.jsonl"),
                atomically: false,
                encoding: .utf8
            )
            let outcome = try node.runPortolan(
                "replay",
                "-r",
                "/run/any.pcap",
                "--identity",
                "/run/journal.jsonl",
                "-o",
                "json"
            )
            #expect(outcome.status == 0 && outcome.errors == "")
            func story(_ record: Record) -> String {
                let ends = ["source", "destination"].flatMap { end in
                    [
                        "ip", "port", "container.name", "identity.kind", "identity.method", "identity.confidence",
                        "process.pid", "process.name", "relay.ip", "relay.port", "relay.container.name",
                    ].map { "\(end).\($0)" }
                }
                let linked = record["flow.relay.to"] ?? record["flow.relay.from"] == nil ? "alone" : "linked"
                return ends.map { record[$0] ?? "-" }.joined(separator: " ") + " " + linked
            }
            func stories(_ records: [Record]) -> Set<String> {
                Set(
                    records.filter {
                        $0["event.action"] == "flow_ended" && ["80", "8080"].contains($0["destination.port"] ?? "")
                    }.map(story)
                )
            }
            let live = stories(watch.conversations.map(\.last))
            #expect(live.count == 2)
            #expect(stories(outcome.records) == live)
        }
    }
}
