import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// Whoever reads what it says, or does not.
    @Suite("Output", .needs(.nodes))
    struct OutputTests {
        @Test func aReaderThatNeverReadsDoesNotStallCapture() throws {
            let lab = try KernelLab(pods: 16, nodes: ["only"])
            let node = lab.nodes[0]
            try node.output(of: "mkfifo", "/run/deaf")
            // It opens the pipe and that is all.
            let reader = try node.start("sh", "-c", "exec sleep 1000 </run/deaf")
            let program = BuiltProgram.location.path
            let watch = try node.start(
                "sh",
                "-c",
                "exec \(program) observe -o json --events all --buffer-size 262144 >/run/deaf"
            )
            try watch.waitFor("capturing on", within: .seconds(60))
            // More than a pipe and the queue behind it hold.
            let began = ContinuousClock.now
            var count = 0
            while count < 12_000 {
                let exchanges = try lab.talk(lab.everyPair(neighbours: 15) + lab.everyPair(neighbours: 15), bytes: 10)
                count += exchanges.count
                #expect(exchanges.allSatisfy { $0.failure == nil })
            }
            print("\(count) connections nobody reads of: \(ContinuousClock.now - began)")
            let asked = ContinuousClock.now
            watch.signal(SIGINT)
            let outcome = watch.wait()
            let took = ContinuousClock.now - asked
            #expect(outcome.status == 0)
            #expect(took < .seconds(20))
            let lines = outcome.errors.split(separator: "\n")
            #expect(lines.contains { $0.contains("lines dropped") }, "\(outcome.errors)")
            #expect(lines.contains { $0.contains("has stopped") })
            #expect(!lines.contains { $0.contains("packets lost") }, "\(outcome.errors)")
            #expect(reader.isRunning)
            reader.kill()
        }

        @Test func aReaderThatGoesEndsIt() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let program = BuiltProgram.location.path
            let watch = try lab.nodes[0].start("sh", "-c", "\(program) observe -o json | head -n 1")
            try watch.waitFor("capturing on", within: .seconds(60))
            for _ in 0..<100 where watch.isRunning {
                try lab.talk([(lab.pods[0], Endpoint(lab.pods[1].address))])
                usleep(50_000)
            }
            try watch.waitUntil("it ended", within: .seconds(20)) { !$0.isRunning }
            #expect(watch.records.count == 1)
        }
    }
}
