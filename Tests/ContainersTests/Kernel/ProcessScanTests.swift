import Addressing
import Foundation
import Glibc
import Testing

@testable import Containers

@Suite("Process scan", .serialized) struct ProcessScanTests {
    static let a = CgroupPathTests.a

    @Test func tellsOfEveryProcess() throws {
        let tree = try FakeTree()
        try tree.process(1, "init", cgroup: "0::/init.scope\n", namespace: 100)
        try tree.process(42, "a) R 1", cgroup: "0::/docker/\(Self.a)\n", namespace: 200)
        try tree.process(43, "denied", cgroup: "0::/docker/\(Self.a)\n", namespace: 200)
        try tree.process(44, "dead", cgroup: "0::/\n", namespace: nil, state: "Z")
        try tree.file("uptime", "1.00 1.00\n")
        try tree.directory("45")
        try tree.directory("12x")
        var scan = ProcessScan(root: tree.path)
        var facts: [Int32: ProcessFacts] = [:]
        let counts = try scan.run { facts[$0.identifier] = $0 }
        #expect(facts.keys.sorted() == [1, 42, 43, 44])
        #expect(counts == ProcessScan.Counts(processes: 4, gone: 1, denied: 0, isTruncated: false))
        #expect(facts[42]?.name == "a) R 1")
        #expect(facts[42]?.namespace == NetworkNamespace(inode: 200))
        #expect(facts[42]?.cgroups.container?.identifier == Self.a)
        #expect(facts[42]?.startTicks == 4242)
        #expect(facts[44]?.isZombie == true)
        #expect(facts[1]?.cgroups.container == nil)
    }

    @Test func endsAtItsLimitAndSaysSo() throws {
        let tree = try FakeTree()
        for process in 1...5 { try tree.process(Int32(process), "x", cgroup: "0::/\n", namespace: 1) }
        var scan = ProcessScan(root: tree.path, limit: 3)
        var told = 0
        let counts = try scan.run { _ in told += 1 }
        #expect(told == 3)
        #expect(counts.isTruncated)
    }

    @Test func aRootThatIsNotThereIsSaid() {
        var scan = ProcessScan(root: "/nowhere")
        do throws(KernelFileError) {
            _ = try scan.run { _ in }
            Issue.record("it was read")
        } catch {
            #expect(error == KernelFileError(path: "/nowhere", code: ENOENT))
        }
    }

    /// 500 containers of two processes each, in the kernel's own control groups.
    @Test func findsAThousandProcessesOfContainersAndSaysWhatItCosts() throws {
        let groups = try RealControlGroups()
        let fifo = try FakeTree()
        let process = try TestProcess(
            """
            mkfifo \(fifo.path)/wait
            for i in $(seq 1000); do (read _ < \(fifo.path)/wait) & done
            echo ready; read _; kill $(jobs -p)
            """
        )
        defer {
            // Opening the other end lets all of them go.
            let end = unsafe open("\(fifo.path)/wait", O_WRONLY | O_NONBLOCK)
            close(end)
            process.end()
        }
        var scan = ProcessScan()
        var children: [Int32] = []
        _ = try scan.run { if $0.parent == process.identifier { children.append($0.identifier) } }
        #expect(children.count == 1000)
        for (number, child) in children.enumerated() {
            let path = "/docker/\(RealControlGroups.identifier(number / 2))"
            if number % 2 == 0 { try groups.make(path) }
            try groups.move(child, to: path)
        }
        var costs: [Double] = []
        for _ in 0..<5 {
            var containers: [String: Int] = [:]
            var others = 0
            let before = Self.cpuTime()
            let counts = try scan.run { facts in
                if let container = facts.cgroups.container, container.path.hasPrefix(groups.top) {
                    containers[container.identifier, default: 0] += 1
                } else {
                    others += 1
                }
            }
            costs.append((Self.cpuTime() - before) / Double(counts.processes) * 1000)
            #expect(containers.count == 500)
            #expect(containers.values.allSatisfy { $0 == 2 })
            #expect(counts.processes == 1000 + others)
        }
        let best = costs.min() ?? .infinity
        print("process scan: \(costs.map { String(format: "%.1f", $0) }) ms CPU per 1,000 processes")
        #expect(best < 300)
    }

    /// Of this thread, in milliseconds.
    private static func cpuTime() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}
