import Glibc
import Support
import Testing

extension Live {
    /// Blocks that people ask for, between pods of the kernel alone: what is stopped, what is not, and for how long.
    @Suite("Blocks by hand", .needs(.nodes))
    struct BlockTests {
        /// One node with three pods on one bridge, and an agent on it.
        private struct Host {
            let lab: KernelLab
            let agent: WatchedAgent
            let web: Pod
            let shop: Pod
            let other: Pod

            init(_ options: String...) throws {
                lab = try KernelLab(pods: 0, nodes: ["node-a"])
                let pods = try lab.start(
                    (0..<3).map { _ in
                        var request = PodRequest(on: "node-a")
                        request.style = .dockerCgroupfs
                        request.ports = [7000, 7001]
                        return request
                    }
                )
                (web, shop, other) = (pods[0], pods[1], pods[2])
                agent = try WatchedAgent(on: lab.nodes[0])
                try agent.wait("all are here") { [agent] in
                    let here = try agent.records("/v1/containers").compactMap { $0["container.id"] }
                    return Set(here).isSuperset(of: pods.map { $0.app })
                }
            }
        }

        @Test func whatIsBlockedStopsAndItsNeighboursGoOn() throws {
            let host = try Host()
            let probe = Probe(host.web)
            #expect(try probe.reaches(host.shop.address))
            let number = try host.agent.blocked(
                host.web.app,
                "--to",
                host.shop.address,
                "--protocol",
                "tcp",
                "--port",
                "7000"
            )
            #expect(try !probe.reaches(host.shop.address))
            // Another port, another protocol, another destination, another source, and the way back.
            #expect(try probe.reaches(host.shop.address, 7001))
            #expect(try probe.reaches(host.shop.address, 7000, .udp))
            #expect(try probe.reaches(host.other.address))
            #expect(try Probe(host.other).reaches(host.shop.address))
            #expect(try Probe(host.shop).reaches(host.web.address))
            try host.agent.wait("it counts") {
                UInt64(try host.agent.block(numbered: number)?["portolan.block.packets"] ?? "") ?? 0 > 0
            }
            #expect(try host.agent.block(numbered: number)?["portolan.block.state"] == "holds")
            #expect(try host.agent.unblock(number).status == 0)
            #expect(try probe.reaches(host.shop.address))
            #expect(try host.agent.blocks().isEmpty)
            let ended = try #require(try host.agent.block(numbered: number))
            #expect(ended["portolan.block.state"] == "ended")
            #expect(UInt64(ended["portolan.block.packets"] ?? "") ?? 0 > 0)
            #expect(try host.agent.tables == "")
            #expect(try host.agent.unblock("--undo").status == 0)
            #expect(try !probe.reaches(host.shop.address))
            #expect(host.agent.said("block_added #1") == 2)
            #expect(host.agent.said("block_verified #1") == 2)
            #expect(host.agent.said("block_ended #1") == 1)
            #expect(host.agent.said("fail_open") == 0)
            #expect(host.agent.running.stop().status == 0)
        }

        @Test func aBlockEndsWithItsTimeAndQuarantineLeavesOpenWhatItSays() throws {
            let host = try Host()
            let number = try host.agent.blocked(
                host.web.app,
                "--quarantine",
                "--allow",
                host.other.address,
                "--for",
                "4s"
            )
            #expect(try !Probe(host.web).reaches(host.shop.address))
            #expect(try !Probe(host.shop).reaches(host.web.address, within: 0.5))
            #expect(try Probe(host.web).reaches(host.other.address))
            try host.agent.wait("its time is over", within: .seconds(6)) {
                try host.agent.block(numbered: number)?["portolan.block.state"] == "ended"
            }
            #expect(try Probe(host.web).reaches(host.shop.address))
            #expect(try host.agent.tables == "")
        }

        /// A connection that is silent: without being told its ends would not know.
        @Test func whatIsCutIsToldSo() throws {
            let host = try Host()
            let script = """
                import errno, socket, sys
                link = socket.create_connection((sys.argv[1], 7000))
                print("open", flush=True)
                try:
                    print("ended" if link.recv(1) == b"" else "heard", flush=True)
                except OSError as error:
                    print(errno.errorcode[error.errno], flush=True)
                """
            let links = try [host.shop, host.other].map {
                try host.web.start("/usr/bin/python3", "-u", "-c", script, $0.address)
            }
            for link in links { try link.waitFor("open") }
            let number = try host.agent.blocked(host.web.app, "--to", host.shop.address, "--cut")
            try links[0].waitFor("ECONNABORTED", within: .seconds(5))
            #expect(links[1].isRunning && links[1].output == "open\n")
            #expect(host.agent.said("block_verified #\(number)") == 1)
            #expect(host.agent.said("1 sockets ended") == 1, "\(host.agent.running.errors)")
            links[1].kill()
        }

        @Test func blocksAreThereAgainAfterADeathAndGoWithPanic() throws {
            let host = try Host()
            let number = try host.agent.blocked(host.web.app, "--to", host.shop.address)
            host.agent.running.kill()
            // Nobody lets it through meanwhile.
            #expect(try !Probe(host.web).reaches(host.shop.address))
            let next = try WatchedAgent(on: host.lab.nodes[0])
            try next.wait("it holds again") { try next.block(numbered: number)?["portolan.block.state"] == "holds" }
            #expect(try !Probe(host.web).reaches(host.shop.address))
            #expect(try Probe(host.web).reaches(host.other.address))
            #expect(try next.blocked(host.web.app, "--to", host.other.address) == "2")
            #expect(try next.node.runPortolan("panic", "--yes", "--socket", next.socket).status == 0)
            #expect(try next.tables == "")
            #expect(try next.blocks().isEmpty)
            #expect(try Probe(host.web).reaches(host.shop.address))
        }

        @Test func panicEndsAnAgentThatHangsAndLeavesNothing() throws {
            let host = try Host()
            _ = try host.agent.blocked(host.web.app, "--to", host.shop.address)
            host.agent.running.signal(SIGSTOP)
            let panic = try host.agent.node.runPortolan(
                "panic",
                "--yes",
                "--socket",
                host.agent.socket,
                "--database",
                host.agent.database
            )
            #expect(panic.status == 0, "\(panic.errors)")
            #expect(panic.errors.contains("was ended"))
            #expect(try host.agent.tables == "")
            #expect(try Probe(host.web).reaches(host.shop.address))
            let next = try WatchedAgent(on: host.lab.nodes[0])
            #expect(try next.blocks().isEmpty)
            #expect(try next.tables == "")
        }

        @Test func whatOthersTakeAwayIsThereAgain() throws {
            let host = try Host()
            _ = try host.agent.blocked(host.web.app, "--to", host.shop.address)
            let flush = try host.agent.node.run("nft", "flush", "ruleset")
            let delete = try host.agent.node.run("nft", "delete", "table", "netdev", "portolan")
            #expect(flush.status == 0)
            if delete.status == 0 {
                try host.agent.wait("that is told") { host.agent.said("fail_open") > 0 }
            }
            #expect(try !Probe(host.web).reaches(host.shop.address))
            #expect(try host.agent.tables != "")
        }

        @Test func whatIsNeverBlockedIsRefusedAndStrangersAreSentAway() throws {
            let host = try Host()
            let refused = try host.agent.block(host.web.app, "--to", "127.0.0.1")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("Not blocked: 127.0.0.1 has 127.0.0.0/8 in common"))
            let nobody = try host.agent.block("nobody", "--to", "192.0.2.1")
            #expect(nobody.status == 2)
            #expect(nobody.errors.contains("no container nobody runs here"))
            let unasked = try host.agent.node.runPortolan(
                "block",
                host.web.app,
                "--to",
                "192.0.2.1",
                "--socket",
                host.agent.socket
            )
            #expect(unasked.status == 64)
            let preview = try host.agent.node.runPortolan(
                "block",
                host.web.app,
                "--to",
                "192.0.2.1",
                "--preview",
                "--socket",
                host.agent.socket
            )
            #expect(preview.status == 0)
            #expect(preview.output.contains("Stopped would be"))
            #expect(try host.agent.code("/v1/panic", "-X", "POST", as: "65534") != "200")
            #expect(try host.agent.code("/v1/blocks/1", "-X", "DELETE") == "404")
            #expect(try host.agent.blocks(all: true).isEmpty)
            #expect(try host.agent.tables == "")
        }
    }
}
