import Foundation
import Support
import Testing

extension Live {
    /// What was recorded is replayed to what was concluded, as text.
    @Suite("Recordings", .needs(.nodes))
    struct RecordingTests {
        /// Tries ports of a host one after the other.
        private static let scan = """
            import socket, sys
            for port in range(9100, 9130):
                with socket.socket() as door:
                    door.settimeout(0.3)
                    door.connect_ex((sys.argv[1], port))
            """

        @Test func aReplayTellsWhatTheRunTold() throws {
            let lab = try KernelLab(pods: 6)
            let node = lab.nodes[0]
            let recording = try LiveRecording(on: node)
            try lab.talk(lab.everyPair())
            try lab.talk(lab.everyPair(), protocol: .udp)
            // Of its gateway: a container that began a moment ago is given time to open its ports.
            let scanner = lab.pods[0]
            let gateway = try scanner.shell("ip route show default | cut -d ' ' -f 3").filter { !$0.isWhitespace }
            try scanner.output(of: "/usr/bin/python3", "-c", Self.scan, gateway)
            // Whoever comes has an address that another one had.
            let leaving = try #require(lab.pods.last { $0.node === node })
            try lab.stop([leaving])
            try lab.start([PodRequest(on: node.name), PodRequest(on: node.name)])
            try lab.talk(lab.everyPair())
            try recording.wait("flows ended") { $0.count { $0["network.transport"] == "tcp" } >= 20 }
            let live = try recording.end()
            #expect(live.flows.count > 20)
            #expect(live.flows.contains { $0.contains("\"container\"") })
            let scans = live.alerts.compactMap { Record(line: $0) }.filter { $0["rule.id"] == "scan.vertical" }
            #expect(scans.contains { [scanner.app, scanner.pause].contains($0["source.container.id"]) })
            let replayed = try recording.replayed()
            #expect(replayed.difference(from: live) == nil)
            let (lines, complaints) = try recording.dissected()
            #expect(lines.count > live.flows.count)
            #expect(complaints == [])
            #expect(try node.output(of: "stat", "-c", "%a", recording.file) == "640")
            // It has a journal in itself.
            let report = try node.runPortolan("report", "-r", recording.file)
            #expect(report.status == 0 && report.output.contains("cni0"), "\(report.errors)\(report.output)")
            // What others copy tells the same.
            try node.output(of: "editcap", recording.file, "/run/edited.pcapng")
            try node.output(of: "mergecap", "-w", "/run/merged.pcapng", recording.file)
            for copy in ["/run/edited.pcapng", "/run/merged.pcapng"] {
                #expect(try recording.replayed([copy]).difference(from: live) == nil, "\(copy)")
            }
        }

        @Test func aRingIsReadAsOneAndEachFileByItself() throws {
            let lab = try KernelLab(pods: 6)
            let node = lab.nodes[0]
            let recording = try LiveRecording(on: node, "-C", "1", "-s", "65535")
            for _ in 0..<4 { try lab.talk(lab.everyPair(), bytes: 40_000) }
            try recording.wait("flows ended") { $0.count { $0["network.transport"] == "tcp" } >= 20 }
            let live = try recording.end()
            let files = try node.output(of: "sh", "-c", "ls /run/trace-*.pcapng").split(separator: "\n").map(
                String.init
            )
            #expect(files.count > 1)
            // However they are named on the command line.
            #expect(try recording.replayed(files.reversed()).difference(from: live) == nil)
            // Who was who stands in each of them.
            let last = try recording.replayed([try #require(files.last)])
            #expect(last.flows.isEmpty || last.flows.contains { $0.contains("\"container\"") })
        }

        @Test func whatWasWrittenBeforeItWasKilledIsRead() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            let running = try node.start([BuiltProgram.location.path, "record", "-w", "/run/cut.pcapng"])
            try running.waitFor("capturing on", within: .seconds(60))
            for _ in 0..<4 { try lab.talk(lab.everyPair()) }
            try running.waitUntil("packets are in the file") { _ in
                let size = try? node.output(of: "stat", "-c", "%s", "/run/cut.pcapng")
                return Int(size ?? "") ?? 0 > 20_000
            }
            running.kill()
            let outcome = try node.runPortolan("replay", "-r", "/run/cut.pcapng", "-o", "json")
            #expect(outcome.status == 0)
            #expect(outcome.records.contains { $0["destination.port"] == "7000" && $0["source.container.id"] != nil })
        }

        @Test func aFullDiskIsSaid() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell("mkdir /run/small; mount -t tmpfs -o size=16k none /run/small")
            let running = try node.start([BuiltProgram.location.path, "record", "-w", "/run/small/x.pcapng"])
            try running.waitFor("capturing on", within: .seconds(60))
            for _ in 0..<8 { try lab.talk(lab.everyPair(), bytes: 4000) }
            let outcome = running.wait()
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("cannot write the recording /run/small/x.pcapng: No space left on device"))
        }

        @Test func nothingIsWrittenOver() throws {
            let lab = try Lab(nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell("echo precious >/run/there.pcapng")
            let outcome = try node.runPortolan("record", "-w", "/run/there.pcapng", "--duration", "1")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("/run/there.pcapng: File exists; a recording is never written over"))
            #expect(try node.output(of: "cat", "/run/there.pcapng") == "precious")
        }
    }
}

extension Live {
    /// The same with names.
    @Suite("Recordings of Docker", .needs(.docker))
    struct DockerRecordingTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        private static func fetch(_ docker: Docker, _ from: String, _ host: String) throws {
            try docker.docker(["exec", from, "wget", "-q", "-O", "-", "http://\(host)/"])
        }

        @Test func namesAreThoseThatHeldThen() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = try docker.run("plain", "--label", "team=shop", command: Self.web)
            _ = try docker.run("asker")
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            _ = try docker.run("named", "--network", "app", "-p", "8080:80", command: Self.web)
            _ = try docker.run("friend", "--network", "app")
            _ = try docker.run("hosted", "--network", "host", command: ["httpd", "-f", "-p", "9090", "-h", "/www"])
            let recording = try LiveRecording(on: lab.node)
            try Self.fetch(docker, "asker", web.address)
            try Self.fetch(docker, "friend", "named")
            try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):8080/")
            try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):9090/")
            // Another one gets the address.
            try docker.docker("rm", "-f", "plain")
            let heir = try docker.run("heir", command: Self.web)
            #expect(heir.address == web.address)
            try Self.fetch(docker, "asker", heir.address)
            try recording.wait("all were seen") { flows in
                flows.count { $0["destination.port"] == "80" } >= 4
                    && flows.contains { $0["destination.port"] == "9090" }
            }
            let live = try recording.end()
            let names = live.flows.compactMap { Record(line: $0) }
                .filter { $0["destination.ip"] == web.address && $0["destination.port"] == "80" }
                .sorted { $0["event.start"] ?? "" < $1["event.start"] ?? "" }
                .map { $0["destination.container.name"] }
            #expect(names == ["plain", "heir"])
            #expect(try recording.replayed().difference(from: live) == nil)
            // What others show of it.
            let (lines, complaints) = try recording.dissected("-N", "n")
            #expect(complaints == [])
            #expect(lines.contains { $0.contains("asker") && $0.contains("plain") })
            // Who is behind an interface stands in its description, or, learned after its first frame, in a comment.
            let (told, _) = try recording.dissected(
                "-T",
                "fields",
                "-e",
                "frame.interface_description",
                "-e",
                "frame.comment"
            )
            let isTold = told.contains { $0.contains("container asker (") && $0.contains("bridge docker0") }
            #expect(isTold, "\(Set(told))")
        }
    }
}
