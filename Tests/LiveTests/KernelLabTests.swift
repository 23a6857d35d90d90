import Foundation
import Testing

extension Live {
    @Suite("Kernel lab", .needs(.nodes))
    struct KernelLabTests {
        @Test func fiftyPodsTalkWithinNodesAndAcross() throws {
            let began = ContinuousClock.now
            let lab = try KernelLab(pods: 50)
            let built = ContinuousClock.now
            let exchanges = try lab.talk(lab.everyPair())
            print("50 pods: \(built - began); \(exchanges.count) exchanges: \(ContinuousClock.now - built)")
            #expect(built - began < .seconds(50))
            // 25 of the other node and 8 of its own for each.
            #expect(exchanges.count == 50 * 33)
            #expect(exchanges.allSatisfy { $0.failure == nil && $0.received == 100 })
            #expect(Set(exchanges.map(\.sourceAddress)).count == 50)
            #expect(Set(lab.pods.map(\.style)) == Set(PodStyle.allCases))
        }

        @Test func aPodIsTwoProcessesInOneNamespaceAndTwoGroups() throws {
            let lab = try KernelLab(pods: PodStyle.allCases.count)
            for pod in lab.pods {
                #expect(Lab.networkNamespace(of: pod.pauseProcess) == pod.networkNamespace)
                #expect(Lab.networkNamespace(of: pod.appProcess) == pod.networkNamespace)
                // Every hierarchy has the same path, as seen on the node.
                let groups = try pod.shell("cut -d : -f 3 /proc/self/cgroup | sort -u")
                #expect(groups == pod.appGroup)
                #expect(pod.appGroup.contains(pod.app) && pod.pauseGroup.contains(pod.pause))
                let lines = try String(contentsOfFile: "/proc/\(pod.pauseProcess)/cgroup", encoding: .utf8)
                    .split(separator: "\n")
                #expect(!lines.isEmpty && lines.allSatisfy { $0.hasSuffix(pod.pauseGroup) })
            }
            #expect(Set(lab.pods.map(\.networkNamespace)).count == lab.pods.count)
        }

        @Test func podsOfAUnifiedHierarchyAreInThatOnly() throws {
            let lab = try KernelLab(pods: 2, hierarchies: .unified)
            for pod in lab.pods {
                let paths = try pod.shell("cut -d : -f 3 /proc/self/cgroup").split(separator: "\n")
                #expect(paths.filter { $0 != "/" } == [pod.appGroup[...]])
                // The inode of the folder is what sock_diag calls the socket's cgroup.
                #expect(try pod.shell("ss -ltnHe | grep -c cgroup:\(pod.appGroup)") == "1")
            }
        }

        @Test func aNodeSeesItsOwnPodsOnly() throws {
            let lab = try KernelLab(pods: 4)
            for node in lab.nodes {
                let groups = try node.shell("cat /proc/[0-9]*/cgroup")
                for pod in lab.pods { #expect(groups.contains(pod.app) == (pod.node === node)) }
            }
        }

        @Test func bothOverlaysCarryWhatPodsSay() throws {
            let lab = try KernelLab(pods: 2)
            let (first, second) = (lab.pods[0], lab.pods[1])
            let dump = try lab.nodes[0].start("tcpdump", "-nn", "-l", "-i", "eth0", "udp")
            try dump.waitFor("listening on eth0")
            try lab.talk([(first, Endpoint(second.addresses[0])), (first, Endpoint(second.addresses[1]))])
            // tcpdump takes port 8472 for OTV and calls its VNI an instance.
            try dump.waitUntil("both overlays were heard") {
                $0.output.contains("8472: OTV, flags [I] (0x08), overlay 0, instance 1")
                    && $0.output.contains("4789: VXLAN, flags [I] (0x08), vni 42")
            }
            #expect(dump.output.contains("IP 10.244.16.2"))
            #expect(dump.output.contains("IP 10.45.0.1"))
        }

        @Test func aPodMaySpeakUnderAnothersAddress() throws {
            let lab = try KernelLab(pods: 2)
            let (forger, victim) = (lab.pods[0], lab.pods[1])
            let dump = try victim.start("tcpdump", "-nn", "-l", "-i", "eth0", "udp")
            try dump.waitFor("listening on eth0")
            try lab.forge(from: forger, source: "10.244.99.99", to: Endpoint(victim.address), count: 3)
            try dump.waitUntil("three datagrams came") {
                $0.output.split(separator: "10.244.99.99.40000 > \(victim.address).7000").count == 4
            }
        }

        @Test func podsComeAndGo() throws {
            let lab = try KernelLab(pods: 2)
            var request = PodRequest(on: "node-a")
            request.style = .crioSystemd
            request.greeting = Endpoint(lab.pods[1].address)
            let pod = try lab.start(request)
            #expect(pod.style == .crioSystemd)
            #expect(pod.greeting?.received == 64)
            #expect(pod.greeting?.sourceAddress == pod.address)
            #expect(try pod.node.run("ip", "link", "show", pod.veths[0]).status == 0)
            #expect(FileManager.default.fileExists(atPath: pod.groups[0]))
            try lab.stop([pod])
            #expect(lab.pods.count == 2)
            #expect(try pod.node.run("ip", "link", "show", pod.veths[0]).status != 0)
            #expect(pod.groups.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
            #expect(!Machine.isAlive(pod.appProcess))
        }

        @Test func tenantsWithTheSameAddressesStayApart() throws {
            let lab = try KernelLab(pods: 0)
            var pods: [UInt32: [Pod]] = [:]
            for (tenant, far) in [(UInt32(100), "10.0.0.2"), (200, "10.0.0.3")] {
                try lab.stretch(networkIdentifier: tenant)
                pods[tenant] = try lab.start(
                    [("node-a", "10.0.0.1"), ("node-b", far)].map { node, address in
                        var request = PodRequest(on: node)
                        request.isRouted = false
                        request.segments = [.init(networkIdentifier: tenant, address: address + "/24")]
                        return request
                    }
                )
            }
            let (red, blue) = (try #require(pods[100]), try #require(pods[200]))
            #expect(red[0].address == blue[0].address)
            let reached = try lab.talk([(red[0], Endpoint("10.0.0.2")), (blue[0], Endpoint("10.0.0.3"))])
            #expect(reached.allSatisfy { $0.failure == nil })
            // Each other's are not there.
            let missed = try lab.talk([(red[0], Endpoint("10.0.0.3")), (blue[0], Endpoint("10.0.0.2"))])
            #expect(missed.allSatisfy { $0.failure != nil })
        }

        @Test func podsRunCommandsOfTheirOwn() throws {
            let lab = try KernelLab(pods: 2)
            let (server, client) = (lab.pods[0], lab.pods[1])
            try server.node.shell("mkdir /run/www; echo served >/run/www/index.html")
            let web = try server.start("busybox", "httpd", "-f", "-p", "8080", "-h", "/run/www")
            try web.waitUntil("it listens") { _ in (try? server.shell("ss -ltn").contains(":8080")) == true }
            #expect(
                try client.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(server.address):8080/") == "served"
            )
            #expect(try server.shell("ip -o -4 address show dev eth0").contains(server.address))
        }

        @Test func datagramsComeBackToo() throws {
            let lab = try KernelLab(pods: 2)
            let exchanges = try lab.talk(lab.everyPair(), bytes: 32, protocol: .udp)
            #expect(exchanges.count == 2)
            #expect(exchanges.allSatisfy { $0.received == 32 && $0.protocol == .udp })
        }
    }
}
