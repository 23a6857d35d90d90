import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// What observe shows of all that passes.
    @Suite("Filters", .needs(.nodes))
    struct FilterTests {
        @Test func aContainerShowsItsOwnFlowsAndNoOthers() throws {
            let lab = try KernelLab(pods: 6, nodes: ["only"])
            let node = lab.nodes[0]
            let (pod, other) = (lab.pods[1], lab.pods[2])
            let all = try Observation(on: node)
            let its = try Observation(on: node, "--container", String(pod.app.prefix(12)))
            let some = try Observation(on: node, "--from-ip", pod.address, "--not", "--to-ip", "\(other.address)/32")
            let exchanges = try lab.talk(lab.everyPair())
            #expect(exchanges.allSatisfy { $0.failure == nil })
            let begun = exchanges.filter { $0.pod == pod.name }
            let asked = exchanges.filter { $0.address == pod.address }
            let wanted = begun.filter { $0.address != other.address }
            #expect(!begun.isEmpty && !asked.isEmpty && !wanted.isEmpty && wanted.count < begun.count)
            for (watch, count) in [
                (all, exchanges.count), (its, begun.count + asked.count), (some, wanted.count),
            ] {
                try watch.wait("all \(count) ended") { flows in
                    flows.count { $0.last["destination.port"] == "7000" && $0.last["event.action"] == "flow_ended" }
                        >= count
                }
            }
            _ = try all.end()
            let own = try its.end()
            // Also what it sends under other addresses, such as those of one link.
            #expect(own.allSatisfy { Self.mayBe(pod.app, $0.first) && Self.mayBe(pod.app, $0.last) })
            #expect(own.count { $0.last["destination.port"] == "7000" } == begun.count + asked.count)
            let few = try some.end()
            #expect(
                few.allSatisfy { $0.last["source.ip"] == pod.address && $0.last["destination.ip"] != other.address }
            )
            #expect(few.count { $0.last["destination.port"] == "7000" } == wanted.count)
            // With a filter nothing but flows is told of, and at last the whole.
            #expect(Set(its.others.map { $0["event.action"] }).subtracting(["capture_gap"]) == ["capture_summary"])
            #expect(all.others.contains { $0["event.action"] == "container_started" })
            #expect(try #require(its.others.last?["flows"].flatMap { Int($0) }) >= exchanges.count)
        }

        /// Whether a record says that an end is that container, or may be.
        private static func mayBe(_ identifier: String, _ record: Record) -> Bool {
            ["source", "destination"].contains { side in
                record["\(side).container.id"] == identifier
                    || record.texts("\(side).identity.candidates").contains(identifier)
            }
        }

        @Test func aNameThatIsRefusedStartsNothing() throws {
            let lab = try KernelLab(pods: 0, nodes: ["only"])
            let outcome = try lab.nodes[0].runPortolan("observe", "--ip", "web", "--duration", "20")
            #expect(outcome.status == 64)
            #expect(outcome.errors.split(separator: "\n").count == 1)
            #expect(outcome.errors.contains("--ip web: no address"))
        }
    }

    @Suite("Filters by what Docker says", .needs(.docker))
    struct DockerFilterTests {
        @Test func labelsImagesBridgesAndPublishedPortsFindTheirFlows() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let web = ["httpd", "-f", "-p", "80", "-h", "/www"]
            let shop = try docker.run("shop", "--label", "team=shop", "-p", "8080:80", command: web)
            let other = try docker.run("other", command: web)
            _ = try docker.run("asker")
            func observe(_ options: String...) throws -> Running {
                let program = [BuiltProgram.location.path, "observe", "-o", "json", "--protocol", "tcp"]
                let running = try lab.node.start(program + options)
                try running.waitFor("capturing on", within: .seconds(60))
                return running
            }
            let byLabel = try observe("--to-label", "team=s*")
            let byBridge = try observe("--from-segment", "docker0", "--image", BoxImage.name)
            let byPort = try observe("--port", "8080")
            let text = try lab.node.start([BuiltProgram.location.path, "observe", "--from-container", "ask*"])
            try text.waitFor("capturing on", within: .seconds(60))
            for address in [shop.address, other.address] {
                try docker.docker("exec", "asker", "wget", "-q", "-O", "-", "http://\(address)/")
            }
            try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):8080/")
            /// Names of both ends of what ended, once there are so many.
            func ended(_ running: Running, _ count: Int) throws -> Set<[String?]> {
                // What joins another, as its translation came late, is no connection of its own.
                func ends() -> [Record] {
                    running.records.filter {
                        $0["event.action"] == "flow_ended" && $0["flow.end_reason"] != "joined"
                    }
                }
                try running.waitUntil("\(count) ended", within: .seconds(30)) { _ in ends().count >= count }
                running.signal(SIGINT)
                #expect(running.wait().status == 0)
                #expect(ends().count == count)
                return Set(ends().map { [$0["source.container.name"], $0["destination.container.name"]] })
            }
            #expect(try ended(byLabel, 2) == [["asker", "shop"], [nil, "shop"]])
            #expect(try ended(byBridge, 2) == [["asker", "shop"], ["asker", "other"]])
            #expect(try ended(byPort, 1) == [[nil, "shop"]])
            try text.waitUntil("both ended") { $0.lines.count { $0.contains(" ended ") } >= 2 }
            text.signal(SIGINT)
            let lines = text.wait().lines
            #expect(lines.allSatisfy { $0.contains("  asker ") })
            #expect(lines.count { $0.contains(" new ") && $0.contains("→ shop ") } == 1)
        }
    }
}
