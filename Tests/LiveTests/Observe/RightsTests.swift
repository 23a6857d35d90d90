import Foundation
import Support
import Testing

extension Live {
    /// A capability that lacks is named, and costs what it must and no more.
    @Suite("Rights", .needs(.nodes))
    struct RightsTests {
        /// `observe` for two seconds, as root without one capability.
        private func observe(without capability: String, on node: Node) throws -> Outcome {
            let command = ["setpriv", "--bounding-set", "-\(capability)", "--inh-caps", "-\(capability)"]
            return try node.run(
                command + [BuiltProgram.location.path, "observe", "-o", "json", "--duration", "2"],
                within: .seconds(60)
            )
        }

        @Test func withoutTheRightToCaptureItEndsAndSaysSo() throws {
            let lab = try KernelLab(pods: 1, nodes: ["only"])
            let outcome = try observe(without: "net_raw", on: lab.nodes[0])
            #expect(outcome.status == 4)
            #expect(outcome.errors.contains("CAP_NET_RAW"))
            #expect(outcome.output.isEmpty)
        }

        @Test(arguments: ["net_admin", "net_broadcast", "sys_admin", "sys_ptrace"])
        func withoutAnotherItGoesOnAndNamesIt(capability: String) throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let outcome = try observe(without: capability, on: lab.nodes[0])
            #expect(outcome.status == 0)
            let name = "CAP_\(capability.uppercased())"
            let said = outcome.errors.split(separator: "\n").filter { !$0.contains("capturing on") }
            #expect(said.first?.hasPrefix("portolan: without \(name) ") == true, "\(outcome.errors)")
            #expect(said.dropFirst() == ["portolan: portolan doctor says what mends that"], "\(outcome.errors)")
            #expect(outcome.output.contains("capture_summary"))
        }

        @Test func oneThreadAloneHasCapabilities() throws {
            let lab = try DockerLab()
            let watch = try Observation(on: lab.node, "--journal", "/run/journal.jsonl")
            _ = try lab.docker.run("web", command: ["httpd", "-f", "-p", "80", "-h", "/www"])
            try watch.running.waitUntil("the runtime was heard") { _ in
                watch.take()
                return watch.others.contains { $0["container.name"] == "web" }
            }
            let process = try #require(watch.running.children.first)
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
            var privileged = 0
            for thread in threads {
                let text = try String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
                for word in ["CapEff:", "CapPrm:"] {
                    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(word) })
                    if line.split(separator: "\t").last?.contains(where: { $0 != "0" }) == true { privileged += 1 }
                }
            }
            // What is confined to its own folders has no new privileges either; the thread with capabilities is not.
            let main = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            #expect(main.contains("NoNewPrivs:\t1\n"))
            // Five and more: frames, the host, privilege, output, the runtime's connection.
            #expect(threads.count >= 5)
            #expect(privileged == 2, "effective and permitted, of one thread")
            _ = try watch.end()
        }

        @Test func withoutTheRightToHearOfOthersWhatIsThereHasItsName() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let (from, to) = (lab.pods[0], lab.pods[1])
            let command = ["setpriv", "--bounding-set", "-net_broadcast", "--inh-caps", "-net_broadcast"]
            let running = try lab.nodes[0].start(command + [BuiltProgram.location.path, "observe", "-o", "json"])
            try running.waitFor("capturing on", within: .seconds(60))
            try lab.talk([(from, Endpoint(to.address))])
            try running.waitUntil("it was seen") { $0.records.contains { $0["destination.port"] == "7000" } }
            running.signal(2)
            let records = running.wait().output.split(separator: "\n").compactMap { Record(line: String($0)) }
            let flow = try #require(records.last { $0["destination.port"] == "7000" })
            #expect([from.pause, from.app].contains(flow["source.container.id"] ?? ""))
            #expect([to.pause, to.app].contains(flow["destination.container.id"] ?? ""))
        }
    }
}
