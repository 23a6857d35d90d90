import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// What breaks is said once, heals, and costs nothing but what is said.
    @Suite("Faults", .needs(.docker))
    struct FaultTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        @Test func dockerIsKilledAndComesBack() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = try docker.run("web", command: Self.web)
            let asker = try docker.run("asker")
            let watch = try Observation(on: lab.node)
            try watch.running.waitUntil("both have names") { _ in
                watch.take()
                return ["web", "asker"].allSatisfy { name in watch.others.contains { $0["container.name"] == name } }
            }
            docker.daemon.kill()
            // Its shims and what they started live on.
            try lab.node.output(
                of: "nsenter",
                "-t",
                String(asker.process),
                "-n",
                "busybox",
                "wget",
                "-q",
                "-O",
                "-",
                "http://\(web.address)/"
            )
            try watch.wait("it was seen without Docker") { !$0.to("\(web.address):80").isEmpty }
            try watch.running.waitFor("docker.sock: ")
            try docker.restart()
            let again = try docker.run("again", command: Self.web)
            _ = try docker.run("other")
            try docker.docker("exec", "other", "wget", "-q", "-O", "-", "http://\(again.address)/")
            try watch.wait("it was seen with Docker") { flows in
                flows.contains { $0.name("source") == "other" && $0.end("destination") == "\(again.address):80" }
            }
            let flows = try watch.end().filter { $0.last["destination.port"] == "80" }
            let names = flows.map { [$0.name("source"), $0.name("destination")] }
            #expect(names == [["asker", "web"], ["other", "again"]])
            #expect(watch.running.errors.split(separator: "docker.sock: ").count == 2, "\(watch.running.errors)")
        }

        @Test func anInterfaceIsDeletedThatIsCapturedOn() throws {
            let lab = try Lab(nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell("ip link add here type veth peer name there; ip link set here up; ip link set there up")
            let watch = try Observation(on: node, "-i", "here")
            try node.output(of: "ip", "link", "delete", "here")
            _ = try watch.finish()
            #expect(watch.running.errors.split(separator: "\n").count { $0.contains("here is gone") } == 1)
            #expect(watch.others.last?["event.action"] == "capture_summary")
        }

        @Test func oneOfSeveralInterfacesIsDeleted() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell("ip link add here type veth peer name there; ip link set here up; ip link set there up")
            let watch = try Observation(on: node, "-i", "here", "-i", "cni0")
            try node.output(of: "ip", "link", "delete", "here")
            try watch.running.waitFor("here is gone")
            try lab.talk([(lab.pods[0], Endpoint("10.244.16.1", 9))])
            try watch.wait("the other is still heard") { !$0.to("10.244.16.1:9").isEmpty }
            _ = try watch.end()
        }

        @Test func aFileLiesWhereNamespacesAreAndIsNone() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell(
                "mkdir -p /run/netns; echo none >/run/netns/fake; mkfifo /run/netns/pipe; ln -s /gone /run/netns/dangling"
            )
            let watch = try Observation(on: node)
            try watch.running.waitFor("/run/netns/fake is no network namespace")
            // New pods have it look through all that is there again.
            for _ in 0..<3 {
                var request = PodRequest(on: "only")
                request.greeting = Endpoint(lab.pods[0].address)
                try lab.start(request)
            }
            try watch.wait("all were seen") { $0.to("\(lab.pods[0].address):7000").count == 3 }
            let flows = try watch.end().to("\(lab.pods[0].address):7000")
            #expect(flows.allSatisfy { $0.container("source") != nil && $0.container("destination") != nil })
            let said = watch.running.errors.split(separator: "\n").filter { $0.contains("/run/netns/") }
            #expect(said.count == Set(said).count && said.count { $0.contains("fake") } == 1)
        }

        @Test func numbersThatOtherNamespacesGiveAreNotTheHosts() throws {
            let lab = try KernelLab(pods: 3, nodes: ["only"])
            let watch = try Observation(on: lab.nodes[0])
            // A pod that is a node itself numbers its own pods as the host does, and one by one they go again.
            try lab.pods[2].shell(
                """
                for number in 1 2 3 4 5; do ip netns add n$number; ip netns set n$number $number; done
                for number in 1 2 3 4 5; do ip netns delete n$number; done
                """
            )
            sleep(1)
            try lab.talk([(lab.pods[0], Endpoint(lab.pods[1].address))])
            try watch.wait("it was seen") { !$0.to("\(lab.pods[1].address):7000").isEmpty }
            let flows = try watch.end()
            let flow = try #require(flows.to("\(lab.pods[1].address):7000").first)
            #expect([lab.pods[0].pause, lab.pods[0].app].contains(flow.container("source") ?? ""))
            #expect([lab.pods[1].pause, lab.pods[1].app].contains(flow.container("destination") ?? ""))
            #expect(!watch.others.contains { $0["portolan.change"] == "namespace_gone" && pods(lab, has: $0) })
        }

        private func pods(_ lab: KernelLab, has record: Record) -> Bool {
            lab.pods.contains { "\($0.networkNamespace)" == record["interface.netns"] }
        }

        @Test func moreHappensToLinksThanIsRead() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            let watch = try Observation(on: node)
            let process = try #require(watch.running.children.first)
            // It is held up, as on a busy machine, while two thousand links come and most go, and pods with them.
            kill(process, SIGSTOP)
            let burst = """
                for number in $(seq 1000); do echo "link add l$number type veth peer name r$number"; done | ip -batch -
                for number in $(seq 20 1000); do echo "link delete l$number"; done | ip -batch -
                """
            try node.output(of: ["sh", "-ec", burst], within: .seconds(90))
            try lab.stop([lab.pods[1]])
            var requests: [PodRequest] = []
            for number in [2, 3, 4] {
                var request = PodRequest(on: "only")
                request.number = number
                requests.append(request)
            }
            let pods = try lab.start(requests)
            kill(process, SIGCONT)
            try watch.running.waitFor("looked at everything anew", within: .seconds(60))
            try lab.talk(pods.map { ($0, Endpoint(lab.pods[0].address)) })
            try watch.wait("all were seen") { flows in
                flows.to("\(lab.pods[0].address):7000").count { $0.last["event.action"] == "flow_ended" } == 3
            }
            let flows = try watch.end().to("\(lab.pods[0].address):7000")
            for pod in pods {
                let flow = try #require(flows.first { $0.last["source.ip"] == pod.address })
                #expect([pod.pause, pod.app].contains(flow.container("source") ?? ""))
                #expect([lab.pods[0].pause, lab.pods[0].app].contains(flow.container("destination") ?? ""))
                #expect(flow.path == [pod.veths[0], lab.pods[0].veths[0]])
            }
            #expect(watch.running.errors.split(separator: "\n").count { $0.contains("looked at everything anew") } == 1)
        }
    }
}
