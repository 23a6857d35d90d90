import Foundation
import Testing

extension Live {
    @Suite("Docker lab", .needs(.docker))
    struct DockerLabTests {
        @Test func containersAreReachedOnTheirNetworksAndByPublishedPort() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = ["httpd", "-f", "-p", "80", "-h", "/www"]
            let plain = try docker.run("plain", command: web)
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            let named = try docker.run("named", "--network", "app", "-p", "8080:80", command: web)
            _ = try docker.run("client", "--network", "app")
            #expect(plain.address.hasPrefix("172.28.0."))
            #expect(named.addresses["app"]?.hasPrefix("172.29.0.") == true)
            func fetch(_ host: String) -> [String] { ["wget", "-q", "-O", "-", "http://\(host)/"] }
            #expect(try lab.node.output(of: ["busybox"] + fetch(plain.address)) == "served")
            #expect(try docker.docker(["exec", "client"] + fetch("named")) == "served")
            #expect(try lab.outside.output(of: ["busybox"] + fetch("\(lab.node.address):8080")) == "served")
        }

        @Test func aContainerIsWhereTheDaemonSays() throws {
            let lab = try DockerLab()
            let container = try lab.docker.run("one", "--label", "portolan.owner=shop")
            #expect(container.identifier.count == 64)
            #expect(container.name == "/one")
            let groups = try lab.node.shell("cut -d : -f 3 /proc/\(container.process)/cgroup | sort -u")
            #expect(groups == "/docker/\(container.identifier)")
            // The socket is where a monitor on the node looks for it.
            let asked = ["curl", "-s", "--unix-socket", "/run/docker.sock", "http://localhost/v1.41/containers/json"]
            #expect(try lab.node.output(of: asked).contains("\"portolan.owner\":\"shop\""))
        }

        @Test func aKilledDaemonComesBack() throws {
            let lab = try DockerLab()
            let before = lab.docker.daemon
            before.kill()
            #expect(try lab.node.run("docker", "ps").status != 0)
            try lab.docker.restart()
            #expect(lab.docker.daemon !== before)
            #expect(try lab.docker.run("again").process > 0)
        }

        @Test func everyKindOfNetworkIsThere() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            try docker.docker("network", "create", "--internal", "--subnet", "172.31.0.0/24", "inner")
            try docker.docker("network", "create", "--ipv6", "--subnet", "fd00:31::/64", "six")
            try docker.docker(
                "network",
                "create",
                "-d",
                "macvlan",
                "-o",
                "parent=eth0",
                "--subnet",
                "10.89.0.0/24",
                "--ip-range",
                "10.89.0.128/26",
                "wire"
            )
            func network(_ container: DockerContainer) throws -> String {
                try lab.node.output(of: "readlink", "/proc/\(container.process)/ns/net")
            }
            let host = try docker.run("host", "--network", "host")
            #expect(try network(host) == lab.node.output(of: "readlink", "/proc/1/ns/net"))
            let inner = try docker.run("inner", "--network", "inner")
            #expect(try network(inner) == network(docker.run("guest", "--network", "container:inner")))
            #expect(try docker.run("none", "--network", "none").address.isEmpty)
            _ = try docker.run("six", "--network", "six")
            #expect(try docker.docker("exec", "six", "ip", "-6", "address").contains("fd00:31::2/64"))
            _ = try docker.run("wire", "--network", "wire")
            try docker.docker("exec", "wire", "ping", "-c", "1", "-W", "5", lab.outside.address)
            // And one more while it runs.
            try docker.docker("network", "connect", "bridge", "inner")
            #expect(Set(try docker.container("inner").addresses.keys) == ["bridge", "inner"])
        }

        @Test func runsOnTheUnifiedHierarchyToo() throws {
            let lab = try DockerLab(hierarchies: .unified)
            #expect(try lab.docker.docker("info", "-f", "{{.CgroupVersion}}") == "2")
            let container = try lab.docker.run("one")
            #expect(
                try lab.node.shell("grep ^0: /proc/\(container.process)/cgroup") == "0::/docker/\(container.identifier)"
            )
        }
    }
}
