import Foundation
import Support
import Testing

extension Live {
    /// Hosts that record at the same time: each recording tells what its own run told.
    @Suite("Recordings of several hosts", .needs(.nodes))
    struct SeveralHostsTests {
        @Test func bothEndsOfATunnelAreReplayedAsTheyWereSeen() throws {
            let lab = try KernelLab(pods: 6)
            let recordings = try lab.nodes.map { try LiveRecording(on: $0) }
            let talked = try lab.talk(lab.everyPair()) + lab.talk(lab.everyPair(), protocol: .udp)
            try lab.talk([(lab.pods[0], Endpoint("10.45.0.2"))])
            let across = Set(talked.filter { $0.protocol == .tcp }.map(\.address)).count
            for recording in recordings {
                try recording.wait("flows ended") { $0.count { $0["network.transport"] == "tcp" } >= across }
            }
            let live = try recordings.map { try $0.end() }
            for (recording, told) in zip(recordings, live) {
                let flows = told.flows.compactMap { Record(line: $0) }
                // What came through the routed tunnel and through the segment's, and what stayed on the host.
                for tunnel in ["1", "42"] {
                    #expect(flows.contains { $0["tunnel.id"] == tunnel && $0["destination.port"] == "7000" })
                }
                #expect(
                    flows.contains { $0["source.container.id"] != nil && $0["destination.container.id"] != nil }
                )
                #expect(
                    flows.contains { $0["source.container.id"] != nil && $0["destination.container.id"] == nil }
                )
                #expect(try recording.replayed().difference(from: told) == nil)
            }
        }
    }

    @Suite("Recordings in a swarm", .needs(.docker))
    struct SwarmRecordingTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        /// The path of the hidden namespace that has the overlay's bridge, and so an address on it.
        private static func namespace(on node: Node) throws -> String {
            let script = """
                for file in /run/docker/netns/1-*; do
                    if nsenter --net=$file ip -o address | grep -q ' 10.99.'; then echo $file; fi
                done
                """
            return try node.shell(script)
        }

        @Test func anOverlayInAHiddenNamespaceIsReplayed() throws {
            let lab = try SwarmLab()
            let far = try lab.worker.run("far", "--network", SwarmLab.network, command: Self.web)
            let near = try lab.manager.run("near", "--network", SwarmLab.network, command: Self.web)
            _ = try lab.manager.run("asker", "--network", SwarmLab.network)
            let recordings = try [lab.manager, lab.worker].map { docker in
                let recording = try LiveRecording(on: docker.node)
                try recording.waitUntilInside(Self.namespace(on: docker.node))
                return recording
            }
            for web in [far, near] {
                let address = try #require(web.addresses[SwarmLab.network])
                try lab.manager.docker("exec", "asker", "wget", "-q", "-O", "-", "http://\(address)/")
            }
            for (recording, count) in zip(recordings, [2, 1]) {
                try recording.wait("\(count) were seen") { $0.count { $0["destination.port"] == "80" } >= count }
            }
            let live = try recordings.map { try $0.end() }
            let names = live.map { story in
                story.flows.compactMap { Record(line: $0) }.filter { $0["destination.port"] == "80" }
                    .map { [$0["source.container.name"] ?? "-", $0["destination.container.name"] ?? "-"] }
                    .sorted { $0.joined() < $1.joined() }
            }
            #expect(names == [[["asker", "-"], ["asker", "near"]], [["-", "far"]]])
            for (recording, told) in zip(recordings, live) {
                #expect(told.flows.contains { $0.contains("\"vxlan\"") })
                #expect(try recording.replayed().difference(from: told) == nil)
            }
        }
    }
}
