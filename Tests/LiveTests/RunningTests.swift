import Foundation
import Glibc
import Support
import Testing

extension Live {
    @Suite("Commands on nodes", .needs(.nodes))
    struct RunningTests {
        @Test func tellsOutputErrorsAndStatus() throws {
            let lab = try Lab(nodes: ["only"])
            let outcome = try lab.nodes[0].run("sh", "-c", "echo out; echo err >&2; exit 7")
            #expect(outcome.output == "out\n")
            #expect(outcome.errors == "err\n")
            #expect(outcome.status == 7)
        }

        @Test func whatMustSucceedSaysWhyItDidNot() throws {
            let lab = try Lab(nodes: ["only"])
            let error = #expect(throws: LabError.self) { try lab.nodes[0].shell("echo be''cause >&2; exit 3") }
            #expect(error?.description.contains("because") == true)
        }

        @Test func endsWhatTakesTooLong() throws {
            let lab = try Lab(nodes: ["only"])
            #expect(throws: LabError.self) { try lab.nodes[0].run("sleep", "1000", within: .milliseconds(200)) }
            #expect(try !lab.nodes[0].shell("ps -e -o args").contains("sleep 1000"))
        }

        @Test func readsLinesWhileTheyCome() throws {
            let lab = try Lab(nodes: ["only"])
            let script = "echo '{\"event\": {\"action\": \"first\"}}'; printf half; sleep 100"
            let running = try lab.nodes[0].start("sh", "-c", script)
            try running.waitFor("half")
            #expect(running.lines.count == 1)
            #expect(running.records.first?["event.action"] == "first")
            #expect(running.isRunning)
        }

        @Test func handsOnSignals() throws {
            let lab = try Lab(nodes: ["only"])
            let running = try lab.nodes[0].start(
                "sh",
                "-c",
                "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.02; done"
            )
            try running.waitFor("up")
            let outcome = running.stop()
            #expect(outcome.output == "up\nbye\n")
            #expect(outcome.status == 5)
        }

        @Test func killsWhatHeedsNoSignal() throws {
            let lab = try Lab(nodes: ["only"])
            let running = try lab.nodes[0].start("sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.02; done")
            try running.waitFor("up")
            #expect(running.kill().status == 128 + SIGKILL)
        }

        @Test func saysWhenWhatItWaitsForHasEnded() throws {
            let lab = try Lab(nodes: ["only"])
            let running = try lab.nodes[0].start("sh", "-c", "echo no; exit 1")
            #expect(throws: LabError.self) { try running.waitFor("yes") }
        }

        @Test func theProgramUnderTestRunsThere() throws {
            let lab = try Lab(nodes: ["only"])
            let outcome = try lab.nodes[0].runPortolan("--version")
            #expect(outcome.status == 0)
            #expect(!outcome.output.isEmpty)
        }
    }
}
