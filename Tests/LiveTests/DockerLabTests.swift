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

        @Test func runsOnTheUnifiedHierarchyToo() throws {
            let lab = try DockerLab(hierarchies: .unified)
            #expect(try lab.docker.docker("info", "-f", "{{.CgroupVersion}}") == "2")
            let container = try lab.docker.run("one")
            #expect(
                try lab.node.shell("grep ^0: /proc/\(container.process)/cgroup") == "0::/docker/\(container.identifier)"
            )
        }
    }

    @Suite("Swarm lab", .needs(.docker))
    struct SwarmLabTests {
        @Test(arguments: [UInt16(4789), 8472])
        func theOverlayReachesAcross(port: UInt16) throws {
            let lab = try SwarmLab(dataPathPort: port)
            let near = try lab.manager.run("near", "--network", SwarmLab.network)
            let far = try lab.worker.run("far", "--network", SwarmLab.network)
            #expect(near.addresses[SwarmLab.network]?.hasPrefix("10.99.0.") == true)
            let address = try #require(far.addresses[SwarmLab.network])
            let dump = try lab.manager.node.start("tcpdump", "-nn", "-l", "-i", "eth0", "udp", "port", String(port))
            try dump.waitFor("listening on eth0")
            try lab.manager.docker("exec", "near", "ping", "-c", "1", "-W", "5", address)
            try lab.manager.docker("exec", "near", "ping", "-c", "1", "-W", "5", "far")
            try dump.waitUntil("the overlay was heard") {
                $0.output.contains(".\(port): ") && $0.output.contains("> \(address)")
            }
        }
    }

    @Suite("containerd lab", .needs(.containerd))
    struct ContainerdLabTests {
        @Test func aPodHasASandboxAndAContainerInOneNamespace() throws {
            let lab = try ContainerdLab()
            let pod = try lab.containerd.runPod(
                "cart",
                labels: ["app": "cart"],
                command: ["httpd", "-f", "-p", "80", "-h", "/www"]
            )
            let node = lab.node
            #expect(pod.address.hasPrefix("10.85.0."))
            for (process, container) in [(pod.sandboxProcess, pod.sandbox), (pod.containerProcess, pod.container)] {
                let groups = try node.shell("cut -d : -f 3 /proc/\(process)/cgroup | sort -u")
                #expect(groups == "/kubepods/besteffort/pod\(pod.uid)/\(container)")
            }
            func network(_ process: Int32) throws -> String {
                try node.output(of: "readlink", "/proc/\(process)/ns/net")
            }
            #expect(try network(pod.sandboxProcess) == network(pod.containerProcess))
            #expect(try network(pod.sandboxProcess) != network(1))
            #expect(try node.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(pod.address)/") == "served")
            #expect(try lab.containerd.ctr("containers", "info", pod.container).contains("\"app\": \"cart\""))
            try lab.containerd.removePod(pod)
            #expect(try node.run("ls", "/proc/\(pod.sandboxProcess)").status != 0)
        }

        @Test func aPodMayUseTheHostsNetwork() throws {
            let lab = try ContainerdLab()
            let pod = try lab.containerd.runPod("agent", usesHostNetwork: true)
            let own = try lab.node.output(of: "readlink", "/proc/1/ns/net")
            #expect(try lab.node.output(of: "readlink", "/proc/\(pod.containerProcess)/ns/net") == own)
        }
    }
}
