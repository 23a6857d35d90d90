import Support
import Testing

extension Live {
    /// Containers that share a network, and what docker-proxy passes on.
    @Suite("Sockets of containers", .needs(.docker))
    struct SharedNetworkTests {
        static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        /// A container begins a connection and keeps it open for half a second.
        static func call(_ docker: Docker, from name: String, _ address: String, _ port: Int = 80) throws {
            try docker.docker("exec", name, "sh", "-c", "sleep 0.5 | nc \(address) \(port)")
        }

        @Test func aContainerOnTheHostsNetworkIsNamedWhenItBegins() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = try docker.run("web", command: Self.web)
            _ = try docker.run("hosted", "--network", "host")
            let watch = try Observation(on: lab.node)
            try Self.call(docker, from: "hosted", web.address)
            let caller = try #require(
                try SocketIdentityTests.connect(on: lab.node, to: web.address, 80, hold: 300).first
            )
            try watch.wait("both ended") { flows in
                flows.to("\(web.address):80").count { $0.last["event.action"] == "flow_ended" } == 2
            }
            let flows = try watch.end().to("\(web.address):80")
            let hosted = try #require(flows.first { $0.last["source.port"] != caller.port })
            let own = try #require(flows.first { $0.last["source.port"] == caller.port })
            for record in [hosted.first, hosted.last] {
                #expect(record["source.container.name"] == "hosted")
                #expect(record["source.identity.kind"] == "container")
                #expect(record["source.identity.method"] == "socket")
                #expect(record["source.identity.confidence"] == "certain")
                #expect(record["source.process.name"] == "nc")
            }
            // And whoever is no container is not taken for one.
            for record in [own.first, own.last] {
                #expect(record["source.container.name"] == nil)
                #expect(record["source.identity.kind"] == "host")
                #expect(record["source.process.pid"] == caller.process)
            }
        }

        /// Where connections are tracked, the kernel tells of one before its first packet is handed over.
        @Test func shortConnectionsAreNamedWhereTheyAreTracked() throws {
            let lab = try DockerLab()
            let web = try lab.docker.run("web", command: Self.web)
            let watch = try Observation(on: lab.node)
            let figures = try SocketIdentityTests.shortConnections(
                on: lab.node,
                to: Endpoint(web.address, 80),
                count: 50,
                watch
            )
            print("processes of short connections that are tracked: \(figures)")
        }

        @Test func twoThatShareANamespaceAreToldApart() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = try docker.run("web", command: Self.web)
            let owner = try docker.run("owner")
            _ = try docker.run("guest", "--network", "container:owner")
            let watch = try Observation(on: lab.node)
            for name in ["owner", "guest"] { try Self.call(docker, from: name, web.address) }
            try watch.wait("both ended") { flows in
                flows.to("\(web.address):80").count { $0.last["event.action"] == "flow_ended" } == 2
            }
            let flows = try watch.end().to("\(web.address):80")
            #expect(flows.map { $0.last["source.ip"] } == [owner.address, owner.address])
            for (flow, name) in zip(flows, ["owner", "guest"]) {
                for record in [flow.first, flow.last] {
                    #expect(record["source.container.name"] == name)
                    #expect(record["source.identity.method"] == "socket")
                    #expect(record["source.identity.confidence"] == "certain")
                    #expect(record["source.process.name"] == "nc")
                    #expect(record.texts("source.identity.candidates").isEmpty)
                }
            }
        }
    }
}
