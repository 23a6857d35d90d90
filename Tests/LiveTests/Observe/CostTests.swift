import Foundation
import Support
import Testing

extension Live {
    /// What watching costs where there is much to watch. Figures are printed; what is asserted is ten times looser.
    @Suite("Cost", .needs(.nodes))
    struct CostTests {
        @Test func hundredsOfPods() throws {
            let count = Live.isThorough ? 500 : 200
            let lab = try KernelLab(pods: count, nodes: ["only"])
            let began = ContinuousClock.now
            let watch = try Observation(on: lab.nodes[0])
            let started = ContinuousClock.now - began
            let process = try #require(watch.running.children.first)
            // The first rounds of everything are over after some seconds; for some more the pods ask for routers, each of
            // all others. Idle is what is left.
            var spent: [Double] = []
            for _ in 0..<(Live.isThorough ? 8 : 2) {
                let before = try Self.processorTime(process)
                sleep(5)
                spent.append(Double(try Self.processorTime(process) - before) / 5)
            }
            let idle = try #require(spent.min())
            let memory = try Self.memory(process)
            let pods = lab.pods
            // A few of them speak, and it still knows who all are.
            try lab.talk((0..<50).map { (pods[$0], Endpoint(pods[count - 1 - $0].address)) })
            try watch.wait("all were seen") { $0.count { $0.last["event.action"] == "flow_ended" } >= 50 }
            let flows = try watch.end().filter { $0.last["destination.port"] == "7000" }
            let byAddress = Dictionary(uniqueKeysWithValues: pods.map { ($0.address, $0) })
            for flow in flows {
                for side in ["source", "destination"] {
                    let pod = try #require(byAddress[flow.last["\(side).ip"] ?? ""])
                    #expect([pod.pause, pod.app].contains(flow.container(side) ?? ""))
                }
            }
            #expect(flows.count == 50)
            #if DEBUG
            let build = "debug build"
            #else
            let build = "release build"
            #endif
            print(
                "\(count) pods (\(build)): inventory \(started), resident \(memory >> 10) KiB (aim 102400), "
                    + "idle \(idle) % of a core (aim 1), 5 s each: \(spent)"
            )
            #expect(memory < 1000 << 20)
            #expect(idle < 10)
        }

        /// Hundredths of a second that a process has used. proc(5), stat.
        private static func processorTime(_ process: Int32) throws -> Int {
            let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
            return try #require(
                fields.count > 13 ? Int(fields[12]).flatMap { user in Int(fields[13]).map { user + $0 } } : nil
            )
        }

        /// Bytes resident. proc(5), status.
        private static func memory(_ process: Int32) throws -> Int {
            let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            return try #require(line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }) << 10
        }
    }
}
