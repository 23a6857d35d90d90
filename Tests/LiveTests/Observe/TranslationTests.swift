import Support
import Testing

extension Live {
    /// Connections whose addresses change on the way.
    @Suite("Translation", .needs(.docker))
    struct TranslationTests {
        @Test func masqueradedFlowsAreOneAndKeepTheContainer() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            _ = try docker.run("asker")
            let server = try lab.outside.start("busybox", "httpd", "-f", "-p", "80", "-h", "/run")
            try lab.outside.shell("echo served >/run/index.html")
            try server.waitUntil("it listens") { _ in (try? lab.outside.shell("ss -ltn").contains(":80 ")) == true }
            let watch = try Observation(on: lab.node)
            let outside = lab.outside.address
            try docker.docker("exec", "asker", "wget", "-q", "-O", "-", "http://\(outside)/")
            try docker.docker("exec", "asker", "ping", "-c", "3", "-i", "0.2", "-W", "5", outside)
            try watch.wait("both were seen") { flows in
                flows.contains { $0.end("destination") == "\(outside):80" && $0.last["event.action"] == "flow_ended" }
                    && flows.contains { $0.last["network.transport"] == "icmp" && $0.last["destination.ip"] == outside }
            }
            let flows = try watch.end()
            let web = flows.to("\(outside):80")
            let echo = flows.filter { $0.last["network.transport"] == "icmp" && $0.last["destination.ip"] == outside }
            for flow in try [#require(web.first), #require(echo.first)] {
                #expect(flow.name("source") == "asker")
                #expect(flow.last["source.nat.ip"] == lab.node.address)
                #expect(flow.last["destination.identity.kind"] == "outside")
                #expect(flow.last["network.direction"] == "egress")
                #expect(flow.path.count == 3 && flow.path.last == "eth0")
                // Answers, too, are the flow's: as many at the bridge as outside.
                #expect(flow.last["destination.packets"] != nil && flow.last["destination.packets"] != "0")
                let counts = Set(flow.last.list("observer.path", "packets"))
                #expect(counts.count == 1)
            }
            #expect(web.count == 1 && echo.count == 1)
            #expect(echo.first?.last["source.packets"] == "3" && echo.first?.last["destination.packets"] == "3")
            // And nothing of it is told twice under the host's own address.
            #expect(
                !flows.contains { $0.last["source.ip"] == lab.node.address && $0.last["destination.ip"] == outside }
            )
        }

        @Test func aPublishedPortIsOneFlowFromOutside() throws {
            let lab = try DockerLab()
            let web = try lab.docker.run("web", "-p", "8080:80", command: ["httpd", "-f", "-p", "80", "-h", "/www"])
            let watch = try Observation(on: lab.node)
            for _ in 0..<5 {
                try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):8080/")
            }
            try watch.wait("all were seen") { flows in
                flows.to("\(web.address):80").count { $0.last["event.action"] == "flow_ended" } == 5
            }
            // What was seen of a connection before conntrack told of it is a flow that has joined the other.
            let flows = try watch.end().filter {
                $0.last["network.transport"] == "tcp" && $0.last["flow.end_reason"] != "joined"
            }
            #expect(flows.count == 5)
            for flow in flows {
                #expect(flow.name("destination") == "web" && flow.last["source.ip"] == lab.outside.address)
                #expect(flow.last["destination.nat.ip"] == lab.node.address)
                #expect(flow.last["destination.nat.port"] == "8080")
                #expect(flow.last["network.direction"] == "ingress")
                #expect(flow.path.contains("eth0") && flow.path.count == 3)
                #expect(Set(flow.last.list("observer.path", "packets")).count == 1)
            }
        }
    }
}
