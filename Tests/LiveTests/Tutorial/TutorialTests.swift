import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// A container scans, crosses levels, is blocked, is removed; and a week later it is told who it was and what it did.
    @Suite("Tutorial", .needs(.tutorial))
    struct TutorialTests {
        private static let program = BuiltProgram.location.path

        /// Types a line into a shell of the node, in a folder of its own, so many days later.
        private func type(_ command: String, on node: Node, days: Int = 0) throws -> Outcome {
            let line = "mkdir -p /run/case; cd /run/case; PATH=/run/bin:$PATH; \(command)"
            return try node.run(later(days) + ["bash", "-c", line], within: .seconds(60))
        }

        /// Waits until what is typed prints something, or no longer does.
        private func wait(_ word: String, isThere: Bool, in command: String, on node: Node) throws {
            let deadline = ContinuousClock.now + .seconds(30)
            while try type(command, on: node).output.contains(word) != isThere {
                guard ContinuousClock.now < deadline else { throw LabError("\(command): \(word) \(isThere)") }
                usleep(100_000)
            }
        }

        /// What moves the clock of a program. faketime(1) has a semaphore by its pid, which is nobody else's only where /dev/shm is its own; what
        /// a killed one leaves there goes with it.
        private func later(_ days: Int) -> [String] {
            if days == 0 { return [] }
            let own = "mount -t tmpfs none /dev/shm && exec faketime -f \"$0\" \"$@\""
            return ["unshare", "--mount", "--propagation", "slave", "sh", "-c", own, "+\(days)d"]
        }

        @Test func aWeekLaterItIsToldInFiveCommandsAndAPage() throws {
            let page = try TutorialPage()
            let lab = try DockerLab()
            let node = lab.node
            try lab.docker.docker("tag", BoxImage.name, "busybox")
            try node.shell("mkdir -p /run/bin /run/portolan; ln -s \"$1\" /run/bin/portolan", Self.program)
            try node.shell("printf '%s\n' \"$1\" >/run/portolan.yaml", page.configuration)
            let agent = try start(on: node)
            for step in page.steps(below: "What happens") {
                let outcome = try type(step.command, on: node)
                // Who is refused fails.
                #expect(outcome.status == 0 || step.command.contains(" nc "), "\(step.command): \(outcome.errors)")
                if step.command.contains("--name promo") {
                    try wait("promo", isThere: true, in: "portolan containers", on: node)
                }
            }
            try agent.waitUntil("it is told") { TutorialPage.missing(of: page.log, in: $0.errors) == nil }
            try wait("promo", isThere: false, in: "portolan containers", on: node)
            #expect(agent.stop().status == 0)

            let steps = page.steps(below: "A week later")
            #expect(steps.count == 5)
            let after = try start(on: node, days: 8)
            // What is too old is forgotten; there are flows of this run, too.
            let restarted = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: -1))
            try after.waitUntil("only of promo is known") { _ in
                let flows = try? type("portolan observe --since 20d -o json", on: node, days: 8).records
                guard let old = flows?.filter({ $0["event.end"] ?? "" < restarted }), !old.isEmpty else { return false }
                return old.allSatisfy {
                    [$0["source.container.name"], $0["destination.container.name"]].contains("promo")
                }
            }
            for step in steps {
                let outcome = try type(step.command, on: node, days: 8)
                #expect(outcome.status == 0, "\(step.command): \(outcome.errors)\(after.errors)")
                let missing = TutorialPage.missing(of: step.output, in: outcome.output + outcome.errors)
                #expect(missing == nil, "\(after.errors)\(step.command) printed\n\(outcome.output)\(outcome.errors)")
            }
            try readsAsSaid(on: node)
            // faketime(1) stands between it and its signals, and hands on how it ended.
            try node.shell("pkill -x portolan")
            #expect(after.wait().status == 0)
        }

        private func start(on node: Node, days: Int = 0) throws -> Running {
            let command = [Self.program, "run", "--config", "/run/portolan.yaml"]
            let agent = try node.start(later(days) + command)
            try agent.waitFor("capturing on", within: .seconds(60))
            try agent.waitUntil("it answers") { _ in
                (try? type("portolan status", on: node, days: days))?.status == 0
            }
            return agent
        }

        /// What others make of what was written.
        private func readsAsSaid(on node: Node) throws {
            let names = try node.run("tshark", "-r", "/run/case/promo.pcapng", "-N", "n")
            #expect(names.output.contains("promo"), "\(names.errors)")
            let complaints = names.errors.split(separator: "\n").filter { !$0.hasPrefix("Running as user") }
            #expect(complaints == [])
            let page = SharedCaptures.project.appendingPathComponent("Tests/Tools/page.py").path
            let visit = try node.run(
                "/usr/bin/python3",
                page,
                "/run/case/promo.html",
                "document.body.innerText",
                within: .seconds(90)
            )
            #expect(visit.status == 0, "\(visit.errors)")
            for word in ["promo", "ledger", "scan.vertical", "crossing.undeclared", "quarantine"] {
                #expect(visit.output.contains(word), "\(word)")
            }
            #expect(visit.output.contains("\"requests\": []") || visit.output.contains("\"requests\":[]"))
        }
    }
}
