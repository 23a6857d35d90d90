import Foundation
import Support
import Testing

extension Live {
    /// As many blocks as a large attack on a large host may need, and what one more costs then.
    @Suite("Many blocks", .needs(.nodes))
    struct ManyBlocksTests {
        /// Asks for blocks over several connections, each of another address; prints how long each took, in seconds.
        private static let ask = """
            import http.client, socket, sys, threading, time
            path, who, count, links = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
            took = []
            def ask(first):
                link = http.client.HTTPConnection("x")
                link.sock = socket.socket(socket.AF_UNIX)
                link.sock.connect(path)
                for number in range(first, count, links):
                    began = time.monotonic()
                    link.request("POST", f"/v1/blocks?container={who}&to=203.{number >> 16}.{number >> 8 & 255}.{number & 255}")
                    answer = link.getresponse()
                    answer.read()
                    if answer.status != 200:
                        print("refused", answer.status, file=sys.stderr)
                    took.append(time.monotonic() - began)
            threads = [threading.Thread(target=ask, args=(index,)) for index in range(links)]
            began = time.monotonic()
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            print(time.monotonic() - began)
            for one in took: print(one)
            """

        /// Kilobytes that a process has in memory.
        private func memory(of agent: WatchedAgent) throws -> Int {
            let process = try #require(agent.running.children.first)
            let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
            return Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0
        }

        @Test func twentyThousandStandAndOneMoreIsSoon() throws {
            let count = Live.isThorough ? 20_000 : 2_000
            let lab = try KernelLab(pods: 3, nodes: ["node-a"])
            let (web, shop, other) = (lab.pods[0], lab.pods[1], lab.pods[2])
            let first = try WatchedAgent(on: lab.nodes[0])
            try first.wait("all are here") {
                let here = try first.records("/v1/containers").compactMap { $0["container.id"] }
                return Set(here).isSuperset(of: lab.pods.map(\.app))
            }
            _ = try first.blocked(web.app, "--to", shop.address)
            let before = try memory(of: first)
            #expect(first.running.stop().status == 0)
            try lab.nodes[0].output(of: "/usr/bin/python3", "-c", ManyBlocks.multiply, first.database, "\(count)")

            let began = ContinuousClock.now
            let agent = try WatchedAgent(on: lab.nodes[0])
            try agent.wait("all stand", within: .seconds(120)) { agent.said("block_verified #\(count)") > 0 }
            let restored = began.duration(to: .now)
            let elements = try agent.node.shell(
                "nft list table netdev portolan | grep -o 'comment \"#[0-9]*' | sort -u | wc -l"
            )
            #expect(Int(elements) == count)
            let after = try memory(of: agent)
            #expect(try !Probe(web).reaches(shop.address))
            #expect(try Probe(web).reaches(other.address))

            var figures: [String] = []
            for (links, changes) in [(1, 10), Live.isThorough ? (100, 2000) : (16, 64)] {
                let said = try agent.node.output(
                    of: ["/usr/bin/python3", "-c", Self.ask, agent.socket, web.app, "\(changes)", "\(links)"],
                    within: .seconds(120)
                )
                let times = said.split(separator: "\n").compactMap { Double($0) }
                #expect(times.count == changes + 1)
                let rate = Int(Double(changes) / (times.first ?? 1))
                figures.append("\(links) at a time: \(Figures(Array(times.dropFirst()))), \(rate) a second")
                // Ten times looser than what is aimed at.
                #expect((times.dropFirst().max() ?? 60) < 10)
                let number = try agent.blocked(web.app, "--to", other.address)
                #expect(try !Probe(web).reaches(other.address))
                #expect(try agent.unblock(number).status == 0)
                #expect(try Probe(web).reaches(other.address))
            }
            print(
                "\(count) blocks stand \(restored) after the agent was started; it has \(after / 1024) MiB, before \(before / 1024)"
            )
            for line in figures { print("one more then, \(line)") }
            #expect(agent.said("fail_open") == 0)
            #expect(agent.said("block_ended") == 2)
            let ending = ContinuousClock.now
            #expect(
                try agent.node.runPortolan("panic", "--yes", "--socket", agent.socket, within: .seconds(60)).status == 0
            )
            print(
                "and all are gone \(ending.duration(to: .now)) after panic was asked for; the agent \(agent.running.isRunning ? "did it" : "was ended")"
            )
            #expect(try agent.tables == "")
            #expect(try Probe(web).reaches(shop.address))
        }
    }
}
