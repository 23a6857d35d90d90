import Support
import Testing

extension Live {
    /// Who is it, with Docker to give names.
    @Suite("Identity from Docker", .needs(.docker))
    struct DockerIdentityTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        private static func fetch(_ docker: Docker, _ from: String, _ host: String) throws {
            try docker.docker(["exec", from, "wget", "-q", "-O", "-", "http://\(host)/"])
        }

        @Test func namesArriveOnEveryKindOfNetwork() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let plain = try docker.run("plain", "--label", "team=shop", command: Self.web)
            _ = try docker.run("asker", "--label", "portolan.role=probe")
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            let named = try docker.run("named", "--network", "app", "-p", "8080:80", command: Self.web)
            _ = try docker.run("friend", "--network", "app")
            try docker.docker("network", "create", "--internal", "--subnet", "172.30.0.0/24", "inner")
            let secret = try docker.run("secret", "--network", "inner", command: Self.web)
            _ = try docker.run("insider", "--network", "inner")
            try docker.docker("network", "create", "--ipv6", "--subnet", "fd00:6::/64", "six")
            let sixth = try docker.run("sixth", "--network", "six", command: ["httpd", "-f", "-p", "80", "-h", "/www"])
            _ = try docker.run("caller", "--network", "six")
            _ = try docker.run("hosted", "--network", "host", command: ["httpd", "-f", "-p", "9090", "-h", "/www"])
            _ = try docker.run("guest", "--network", "container:named")
            _ = try docker.run("alone", "--network", "none")
            let watch = try Observation(on: lab.node)
            try Self.fetch(docker, "asker", plain.address)
            try Self.fetch(docker, "friend", "named")
            try Self.fetch(docker, "insider", secret.address)
            let six = try docker.docker(
                "inspect",
                "-f",
                "{{.NetworkSettings.Networks.six.GlobalIPv6Address}}",
                "sixth"
            )
            _ = sixth
            try Self.fetch(docker, "caller", "[\(six)]")
            try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):8080/")
            try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):9090/")
            // A container that joins a network while it runs.
            try docker.docker("network", "connect", "app", "asker")
            try Self.fetch(docker, "asker", "named")
            let addressOfNamed = try #require(named.addresses["app"])
            try watch.wait("all were seen") { flows in
                flows.count { $0.last["event.action"] == "flow_ended" && $0.last["destination.port"] == "80" } >= 6
                    && flows.contains { $0.last["destination.port"] == "9090" }
            }
            let flows = try watch.end()
            func names(_ port: String = "80", to address: String) -> [[String?]] {
                flows.filter {
                    $0.end("destination") == "\(address):\(port)" || $0.end("destination") == "[\(address)]:\(port)"
                }
                .map { [$0.name("source"), $0.name("destination")] }
            }
            #expect(names(to: plain.address) == [["asker", "plain"]])
            #expect(names(to: secret.address) == [["insider", "secret"]])
            #expect(names(to: six) == [["caller", "sixth"]])
            let inside = names(to: addressOfNamed)
            // From friend, from outside through the published port, and from asker after it joined. `guest` shares the
            // namespace, and the listening socket tells that it is not it who answers.
            #expect(inside == [["friend", "named"], [nil, "named"], ["asker", "named"]])
            let published = try #require(
                flows.filter { $0.end("destination") == "\(addressOfNamed):80" }.dropFirst().first
            )
            #expect(published.last["destination.nat.port"] == "8080")
            #expect(published.last["destination.nat.ip"] == lab.node.address)
            #expect(published.last["source.ip"] == lab.outside.address)
            #expect(published.path.contains("eth0") && published.path.count >= 3)
            // Host network: the socket's control group tells.
            let hosted = try #require(flows.first { $0.end("destination") == "\(lab.node.address):9090" })
            #expect(hosted.name("destination") == "hosted")
            #expect(hosted.last["destination.identity.method"] == "socket")
            let asked = try #require(flows.first { $0.end("destination") == "\(plain.address):80" })
            #expect(asked.last["destination.container.labels.team"] == "shop")
            #expect(asked.last["destination.container.image.name"]?.isEmpty == false)
            #expect(asked.last["destination.container.runtime"] == "docker")
            #expect(asked.last["network.direction"] == "internal")
        }

        @Test func aRestartIsAnotherGeneration() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = try docker.run("web", command: Self.web)
            _ = try docker.run("asker")
            let watch = try Observation(on: lab.node)
            try Self.fetch(docker, "asker", web.address)
            try docker.docker("restart", "-t", "0", "web")
            let again = try docker.container("web")
            try Self.fetch(docker, "asker", again.address)
            try watch.wait("both were seen") { $0.count { $0.last["destination.port"] == "80" } >= 2 }
            let flows = try watch.end().filter { $0.last["destination.port"] == "80" }
            #expect(flows.map { $0.name("destination") } == ["web", "web"])
            #expect(flows.map { $0.last["destination.container.generation"] } == ["1", "2"])
        }

        @Test func macvlanIsSeenFromWithin() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            try docker.docker(
                "network",
                "create",
                "-d",
                "macvlan",
                "--subnet",
                "10.89.0.0/24",
                "--ip-range",
                "10.89.0.128/25",
                "-o",
                "parent=eth0",
                "wire"
            )
            let first = try docker.run("first", "--network", "wire", command: Self.web)
            _ = try docker.run("second", "--network", "wire")
            let watch = try Observation(on: lab.node)
            // The capture in their namespaces is opened within a second.
            try docker.docker("exec", "second", "sleep", "2")
            try Self.fetch(docker, "second", first.address)
            try watch.wait("it was seen") { flows in
                flows.contains { $0.end("destination") == "\(first.address):80" && $0.name("destination") != nil }
            }
            let flows = try watch.end().filter { $0.end("destination") == "\(first.address):80" }
            #expect(flows.map { [$0.name("source"), $0.name("destination")] } == [["second", "first"]])
        }
    }
}
