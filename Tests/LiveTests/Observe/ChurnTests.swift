import Foundation
import Support
import Synchronization
import Testing

extension Live {
    /// Containers that hardly last, and speak at once.
    @Suite("Churn", .needs(.docker))
    struct ChurnTests {
        @Test func podsInARowAreNamedAtOnce() throws {
            let count = Live.isThorough ? 200 : 60
            let lab = try KernelLab(pods: 2, nodes: ["node-a"])
            let sink = lab.pods[1]
            let watch = try Observation(on: lab.nodes[0])
            let started = Mutex<[Pod]>([])
            let began = ContinuousClock.now
            // On a thread of their own, so that what is said is read when it is said.
            let churn = Background {
                for index in 0..<count {
                    var request = PodRequest(on: "node-a")
                    // Three of a kind: an address is taken over twice, at once.
                    request.number = 100 + index / 3
                    request.greeting = Endpoint(sink.address)
                    let pod = try lab.start(request)
                    started.withLock { $0.append(pod) }
                    try lab.stop([pod])
                }
            }
            try churn.wait { watch.take() }
            let took = ContinuousClock.now - began
            try watch.wait("all were seen") { $0.to("\(sink.address):7000").count >= count }
            let flows = try watch.end().to("\(sink.address):7000")
            var expected: [String: [Pod]] = [:]
            for pod in started.withLock({ $0 }) {
                let greeting = try #require(pod.greeting)
                #expect(greeting.failure == nil)
                expected["\(pod.address):\(greeting.sourcePort ?? 0)", default: []].append(pod)
            }
            var tally = ChurnTally()
            for flow in flows {
                guard let pod = expected[flow.end("source")]?.first else { continue }
                expected[flow.end("source")]?.removeFirst()
                let own = [pod.pause, pod.app]
                tally.count(
                    flow,
                    first: own.contains(flow.first["source.container.id"] ?? ""),
                    last: own.contains(flow.container("source") ?? ""),
                    isOther: flow.container("source") != nil
                )
            }
            print("\(count) pods in \(took): \(tally)")
            #expect(tally.total == count)
            #expect(tally.first >= count - max(1, count / 100))
            #expect(tally.last == tally.total && tally.wrong == 0)
            // The aim is 200 ms.
            #expect(tally.delays.allSatisfy { $0 < 2_000_000_000 })
        }

        @Test func containersOfDockerAreNamedAtOnce() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let count = 40
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            let sink = try docker.run("sink", "--network", "app", command: ["httpd", "-f", "-p", "80", "-h", "/www"])
            let address = try #require(sink.addresses["app"])
            let watch = try Observation(on: lab.node)
            // All have the same address, the next within a second.
            let script = """
                for number in $(seq \(count)); do
                    date +%s%N
                    docker run --rm --name short$number --network app --ip \(Self.address) \(BoxImage.name) \
                        wget -q -O /dev/null http://\(address)/
                done
                """
            let began = ContinuousClock.now
            let shell = try lab.node.start("sh", "-ec", script)
            while shell.isRunning {
                watch.take()
                usleep(5000)
            }
            let took = ContinuousClock.now - began
            let outcome = shell.wait()
            try #require(outcome.status == 0, "\(outcome.errors)")
            try watch.wait("all ended") { flows in
                flows.to("\(address):80").count { $0.last["event.action"] == "flow_ended" } >= count
            }
            let flows = try watch.end().to("\(address):80")
            let runs = outcome.output.split(separator: "\n").compactMap { Int64($0) }
            try #require(flows.count == count && runs.count == count)
            var tally = ChurnTally()
            for (index, flow) in flows.enumerated() {
                let name = "short\(index + 1)"
                tally.count(
                    flow,
                    first: flow.first["source.container.name"] == name,
                    last: flow.name("source") == name,
                    isOther: flow.name("source") != nil && flow.name("source") != name
                )
                // When its name, its address and its namespace were all known, in the journal's own time.
                tally.known.append(try #require(Self.known(name, in: watch.others)) - runs[index])
                tally.spoke.append(flow.began - runs[index])
            }
            print("\(count) containers in \(took): \(tally)")
            #expect(tally.first * 100 >= tally.total * 99)
            #expect(tally.last == tally.total && tally.wrong == 0)
        }

        /// When the journal had a container's name, its network namespace, and its address there.
        private static func known(_ name: String, in records: [Record]) -> Int64? {
            guard
                let container = records.first(where: { $0["container.name"] == name && $0["container.netns"] != nil }),
                let address = records.first(where: {
                    $0["interface.ip"] == address && $0["interface.netns"] == container["container.netns"]
                        && $0["portolan.change"] == "address"
                }),
                let first = nanoseconds(container["@timestamp"]), let second = nanoseconds(address["@timestamp"])
            else { return nil }
            return max(first, second)
        }

        /// What each of Docker's containers has, one after the other.
        private static let address = "172.29.0.77"
    }
}

/// How many flows were named right, and how soon.
struct ChurnTally: CustomStringConvertible {
    var total = 0
    /// On the first record, and on the last.
    var first = 0
    var last = 0
    var wrong = 0
    /// From the first packet to when the test read the first record, in nanoseconds; it looks every 5 ms.
    private(set) var delays: [Int64] = []
    /// From `docker run` to known identity, and to the first packet.
    var known: [Int64] = []
    var spoke: [Int64] = []

    mutating func count(_ flow: Conversation, first isFirst: Bool, last isLast: Bool, isOther: Bool) {
        total += 1
        if isFirst { first += 1 }
        if isLast { last += 1 } else if isOther { wrong += 1 }
        delays.append(flow.heard - flow.began)
    }

    var description: String {
        var text = "\(first) of \(total) named right on the first record, \(last) on the last, \(wrong) wrong; "
        text += "first record after \(Self.spread(delays))"
        if !known.isEmpty {
            text +=
                "; from docker run to known identity \(Self.spread(known)), to the first packet \(Self.spread(spoke))"
            text += ", known before it \(zip(known, spoke).count { $0 < $1 }) times"
        }
        return text
    }

    /// Median and largest, in milliseconds.
    private static func spread(_ times: [Int64]) -> String {
        let sorted = times.sorted()
        guard let largest = sorted.last else { return "—" }
        return "\(sorted[sorted.count / 2] / 1_000_000) ms (at most \(largest / 1_000_000) ms)"
    }
}
