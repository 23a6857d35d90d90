import Foundation
import Support
import Testing

extension Live {
    /// `portolan containers` on real hosts.
    @Suite("Containers", .needs(.docker))
    struct ContainersCommandTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        /// What it lists as JSON, by name, once `isThere` holds: a program needs a moment to open its socket.
        private func list(
            _ place: some Place,
            _ arguments: String...,
            until isThere: ([Record]) -> Bool
        ) throws -> [Record] {
            let deadline = ContinuousClock.now + .seconds(20)
            while true {
                let outcome = try place.run([BuiltProgram.location.path, "containers", "-o", "json"] + arguments)
                guard outcome.status == 0 else { throw LabError("containers: \(outcome.status) \(outcome.errors)") }
                if isThere(outcome.records) { return outcome.records }
                guard ContinuousClock.now < deadline else { throw LabError("still: \(outcome.output)") }
                usleep(100_000)
            }
        }

        private func lists(_ name: String, _ port: String) -> ([Record]) -> Bool {
            { records in
                records.contains { $0["container.name"] == name && $0.list("listener", "port").contains(port) }
            }
        }

        @Test func sayWhatDockerSays() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            let plain = try docker.run(
                "plain",
                "--label",
                "team=shop",
                "--label",
                "portolan.role=front",
                command: Self.web
            )
            let named = try docker.run("named", "--network", "app", "-p", "8080:80", command: Self.web)
            _ = try docker.run("guest", "--network", "container:named", command: ["nc", "-l", "-p", "81"])
            _ = try docker.run("hosted", "--network", "host", command: ["httpd", "-f", "-p", "9090", "-h", "/www"])
            _ = try docker.run("alone", "--network", "none")
            let records = try list(lab.node, "--owner-label", "squad", "--owner-label", "team") { records in
                [("plain", "80"), ("named", "80"), ("guest", "81"), ("hosted", "9090")].allSatisfy {
                    lists($0, $1)(records)
                }
            }
            let byName = Dictionary(uniqueKeysWithValues: records.map { ($0["container.name"] ?? "?", $0) })
            #expect(Set(byName.keys) == ["plain", "named", "guest", "hosted", "alone"])
            for (name, record) in byName {
                let told = try docker.container(name)
                #expect(record["container.id"] == told.identifier)
                #expect(record["container.image.name"] == BoxImage.name)
                #expect(record["container.runtime"] == "docker")
                #expect(record["container.created"] != nil && record["container.started"] != nil)
                #expect(record["observer.hostname"] == "docker")
            }
            let one = try #require(byName["plain"])
            #expect(one.texts("host.ip") == [plain.address])
            #expect(one["container.labels.team"] == "shop")
            #expect(one["container.owner"] == "shop" && one["container.role"] == "front")
            let file = "/proc/\(plain.process)/ns/net"
            #expect(try one["container.netns"] == lab.node.output(of: "stat", "-L", "-c", "%i", file))
            #expect(one.list("interface", "name") == ["eth0"])
            #expect(one.list("interface", "bridge") == ["docker0"])
            #expect(one.list("listener", "process.name") == ["httpd"])
            #expect(one.list("exposed", "port") == [])
            let published = try #require(byName["named"])
            #expect(published.texts("host.ip") == [named.address])
            #expect(Set(published.list("exposed", "port")) == ["8080"])
            #expect(Set(published.list("exposed", "container_port")) == ["80"])
            // Each has its own sockets, though they share the namespace.
            #expect(published.list("listener", "port").filter { $0 == "80" || $0 == "81" } == ["80"])
            let guest = try #require(byName["guest"])
            #expect(guest["container.network_of"] == named.identifier)
            #expect(guest["container.netns"] == published["container.netns"])
            #expect(guest.list("listener", "port") == ["81"])
            let hosted = try #require(byName["hosted"])
            #expect(hosted.list("exposed", "by") == ["host_network"])
            #expect(hosted.list("exposed", "port") == ["9090"])
            #expect(hosted["host.ip"] == nil && hosted.list("interface", "name") == [])
            #expect(byName["alone"]?.list("interface", "name") == [])

            let text = try lab.node.runPortolan("containers")
            #expect(text.status == 0 && text.errors.isEmpty, "\(text.errors)")
            for words in [
                ["plain", BoxImage.name, plain.address, "eth0 › docker0", "80/tcp httpd"],
                ["named", "8080→80/tcp"], ["└ guest", "81/tcp"], ["hosted", "host network", "9090/tcp httpd"],
                ["alone", "no network"],
            ] {
                #expect(
                    text.lines.contains { line in words.allSatisfy { line.contains($0) } },
                    "\(words): \(text.output)"
                )
            }
            // Below its owner, before anybody else.
            let order = text.lines.filter { !$0.hasPrefix(" ") }.map { $0.split(separator: " ").prefix(2) }
            let owner = try #require(order.firstIndex { $0.first == "named" })
            #expect(order[owner + 1] == ["└", "guest"])

            let two = try lab.node.runPortolan("containers", "plain", String(named.identifier.prefix(12)), "-o", "json")
            #expect(two.status == 0)
            #expect(Set(two.records.compactMap { $0["container.name"] }) == ["plain", "named"])
            let stranger = try lab.node.runPortolan("containers", "plain", "nobody", "-o", "json")
            #expect(stranger.status == 2)
            #expect(stranger.records.count == 1 && stranger.errors.contains("nobody"))
        }

        @Test func allAlsoMeansTheHostAndWhereNobodyIs() throws {
            let lab = try KernelLab(pods: 2)
            let node = lab.nodes[0]
            try node.shell("ip netns add empty; ip -n empty link add vacant type bridge")
            let server = try node.start("busybox", "httpd", "-f", "-p", "2222")
            try server.waitUntil("it listens") { _ in (try? node.shell("ss -ltn").contains(":2222")) == true }
            let records = try list(node, "--all") { records in
                records.contains { $0["identity.kind"] == "host" && $0.list("listener", "port").contains("2222") }
            }
            #expect(Set(records.compactMap { $0["identity.kind"] }) == ["container", "namespace", "host"])
            let host = try #require(records.last)
            #expect(host["identity.kind"] == "host")
            #expect(host.texts("host.ip").contains(node.address))
            #expect(
                records.contains { $0["identity.kind"] == "namespace" && $0.list("interface", "name") == ["vacant"] }
            )
            let text = try node.runPortolan("containers", "--all")
            #expect(text.lines.contains { $0.contains("\(node.name) (host)") })
            #expect(text.output.contains("2222/tcp"))
            // Not asked for, not told.
            let few = try list(node) { !$0.isEmpty }
            #expect(few.allSatisfy { $0["identity.kind"] == "container" })
        }

        @Test func fiftyPodsAreListed() throws {
            let lab = try KernelLab(pods: 50)
            for node in lab.nodes {
                let own = lab.pods.filter { $0.node === node }
                let began = ContinuousClock.now
                let records = try list(node) { records in
                    own.allSatisfy { pod in
                        records.contains {
                            $0["container.id"] == pod.app && $0.list("listener", "port").contains("7000")
                        }
                    }
                }
                print("\(own.count) pods on \(node.name): listed in \(ContinuousClock.now - began)")
                #expect(Set(records.compactMap { $0["container.id"] }) == Set(own.flatMap { [$0.pause, $0.app] }))
                for pod in own {
                    let two = records.filter { $0["container.id"] == pod.pause || $0["container.id"] == pod.app }
                    #expect(two.count == 2)
                    for record in two {
                        #expect(Set(record.texts("host.ip")) == Set(pod.addresses))
                        #expect(record["container.netns"] == String(pod.networkNamespace))
                        #expect(Set(record.list("interface", "peer.name")) == Set(pod.veths))
                    }
                    let app = try #require(two.first { $0["container.id"] == pod.app })
                    #expect(Set(app.list("listener", "transport")) == ["tcp", "udp"])
                    #expect(app.list("listener", "process.name").allSatisfy { $0?.isEmpty == false })
                    let pause = try #require(two.first { $0["container.id"] == pod.pause })
                    #expect(pause.list("listener", "port") == [])
                }
            }
        }

        @Test func runKeepsAJournalAndSaysNothing() throws {
            let lab = try KernelLab(pods: 2)
            let node = lab.nodes[0]
            let running = try node.portolan(
                "run",
                "--journal",
                "/run/journal.jsonl",
                "--socket",
                "/run/p.sock",
                "--database",
                "none"
            )
            try running.waitFor("capturing on", within: .seconds(60))
            let pod = try lab.start(PodRequest(on: node.name))
            let file = node.outside("/run/journal.jsonl")
            func journal() -> [Record] {
                let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
                return text.split(separator: "\n").compactMap { Record(line: String($0)) }
            }
            try running.waitUntil("it is in the journal") { _ in
                journal().contains { $0["event.action"] == "container_started" && $0["container.id"] == pod.app }
                    && journal().contains { $0["interface.ip"] == pod.address }
            }
            #expect(journal().first?["portolan.change"] == "host")
            let began = ContinuousClock.now
            let outcome = running.stop()
            #expect(ContinuousClock.now - began < .seconds(10))
            #expect(outcome.status == 0)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        }

        @Test func aJournalThatCannotBeWrittenIsAFailure() throws {
            let lab = try KernelLab(pods: 0)
            let node = lab.nodes[0]
            let full = try node.runPortolan(
                "run",
                "--journal",
                "/dev/full",
                "--duration",
                "20",
                "--socket",
                "/run/p.sock",
                "--database",
                "none"
            )
            #expect(full.status == 1)
            #expect(full.errors.contains("/dev/full") && full.errors.contains("No space left"))
            let nowhere = try node.runPortolan("observe", "--journal", "/no/such/folder/x", "--duration", "20")
            #expect(nowhere.status == 1)
            #expect(nowhere.errors.contains("/no/such/folder/x"))
        }
    }
}
