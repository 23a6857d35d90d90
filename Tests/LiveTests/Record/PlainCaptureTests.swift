import Foundation
import Support
import Testing

extension Live {
    /// What tcpdump wrote of a host, with the journal of that host: the same as was seen live.
    @Suite("Plain captures with a journal", .needs(.nodes))
    struct PlainCaptureTests {
        /// Tries ports of a host one after the other.
        private static let scan = """
            import socket, sys
            for port in range(9100, 9130):
                with socket.socket() as door:
                    door.settimeout(0.3)
                    door.connect_ex((sys.argv[1], port))
            """

        @Test func tellsOfPodsWhatWasToldLive() throws {
            let lab = try KernelLab(pods: 6)
            let node = lab.nodes[0]
            let capture = try PlainCapture(on: node)
            let recording = try LiveRecording(on: node, "--journal", "/run/journal.jsonl")
            try lab.talk(lab.everyPair())
            try lab.talk(lab.everyPair(), protocol: .udp)
            let scanner = lab.pods[0]
            let gateway = try scanner.shell("ip route show default | cut -d ' ' -f 3").filter { !$0.isWhitespace }
            try scanner.output(of: "/usr/bin/python3", "-c", Self.scan, gateway)
            try lab.talk(lab.everyPair())
            try recording.wait("flows ended") { $0.count { $0["network.transport"] == "tcp" } >= 20 }
            try capture.end()
            let live = try recording.end()
            let replayed = try recording.replayed([capture.file], "--identity", "/run/journal.jsonl")
            func isAsked(_ flow: Record) -> Bool {
                guard let port = flow["destination.port"].flatMap({ UInt16($0) }) else { return false }
                return port == 7000 || 9100..<9130 ~= port
            }
            let (seen, told) = (ComparedStory(live, of: isAsked), ComparedStory(replayed, of: isAsked))
            #expect(seen.flows.count > 30)
            #expect(seen.alerts.keys.contains { $0.hasPrefix("scan.vertical") })
            #expect(told.differences(from: seen) == [])
        }
    }

    @Suite("Plain captures of Docker with a journal", .needs(.docker))
    struct DockerPlainCaptureTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        @Test func tellsOfContainersWhatWasToldLive() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = try docker.run("plain", command: Self.web)
            _ = try docker.run("asker")
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            _ = try docker.run("named", "--network", "app", "-p", "8080:80", command: Self.web)
            _ = try docker.run("friend", "--network", "app")
            _ = try docker.run("hosted", "--network", "host", command: ["httpd", "-f", "-p", "9090", "-h", "/www"])
            let capture = try PlainCapture(on: lab.node)
            let recording = try LiveRecording(on: lab.node, "--journal", "/run/journal.jsonl")
            for (from, host) in [("asker", web.address), ("friend", "named")] {
                try docker.docker("exec", from, "wget", "-q", "-O", "-", "http://\(host)/")
            }
            for port in [8080, 9090] {
                try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):\(port)/")
            }
            // Another one gets the address.
            try docker.docker("rm", "-f", "plain")
            let heir = try docker.run("heir", command: Self.web)
            #expect(heir.address == web.address)
            try docker.docker("exec", "asker", "wget", "-q", "-O", "-", "http://\(heir.address)/")
            // Of the gateway: a container that began a moment ago is given time to open its ports.
            let scan = "for port in $(seq 9100 9129); do nc -w 1 172.28.0.1 $port </dev/null; done; true"
            try docker.docker("exec", "asker", "sh", "-c", scan)
            try recording.wait("all were seen") { flows in
                flows.count { $0["destination.port"] == "80" } >= 4
                    && flows.contains { $0["destination.port"] == "9090" }
                    && flows.contains { $0["destination.port"] == "9129" }
            }
            try capture.end()
            let live = try recording.end()
            let replayed = try recording.replayed([capture.file], "--identity", "/run/journal.jsonl")
            func isAsked(_ flow: Record) -> Bool {
                guard let port = flow["destination.port"].flatMap({ UInt16($0) }) else { return false }
                return [80, 8080, 9090].contains(port) || 9100..<9130 ~= port
            }
            let (seen, told) = (ComparedStory(live, of: isAsked), ComparedStory(replayed, of: isAsked))
            #expect(seen.flows.count >= 35)
            #expect(seen.alerts.keys.contains { $0.hasPrefix("scan.vertical") })
            #expect(told.differences(from: seen) == [])
        }
    }
}
