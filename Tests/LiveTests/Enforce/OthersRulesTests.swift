import Support
import Testing

extension Live {
    /// Blocks on a host on which everybody has rules: theirs are never ours to change, and theirs do not change ours.
    @Suite("Blocks beside others' rules", .needs(.neighbours))
    struct OthersRulesTests {
        @Test func theyAreTheSameBeforeDuringAndAfter() throws {
            let host = try NeighbourLab()
            let (web, pea) = (Reach(host.node, process: host.web.process), Reach(host.node, process: host.pea.process))
            let (shop, other) = (Reach.Target.all(host.shop.address), Reach.Target.all(host.other.address))
            let bean = Reach.Target.all(host.bean.address)
            let before = try host.rules()
            #expect(before.allSatisfy { $0.count > 0 })
            for table in ["administrators", "portolan2", "portolan_", "nat", "filter", "firewalld"] {
                #expect(before[0].count(in: table) > 1, "\(table)")
            }
            func unchanged(_ when: String) throws {
                for (old, new) in zip(before, try host.rules()) {
                    #expect(new == old, "\(when): \(new.difference(from: old))")
                }
            }
            #expect(try web.silent(shop + other).isEmpty && pea.silent(bean).isEmpty)

            let agent = try host.startAgent()
            try unchanged("while it watches")
            let given = try agent.blocked(each: host.orders)
            try unchanged("while all is blocked")
            let tables = try host.tables()
            #expect(
                Set(tables) == ["table netdev portolan", "table inet portolan", "table bridge portolan"],
                "\(tables)"
            )
            #expect(tables.count { $0 == "table inet portolan" } == 2)
            #expect(try web.answers(shop, within: 1) == Set(shop.filter { $0.kind != .tcp }))
            #expect(try pea.answers(bean, within: 0.5).isEmpty)
            #expect(try web.silent(other).isEmpty)
            // Docker and podman go on with theirs meanwhile, and leave what they found.
            let blocks = try host.rules()
            _ = try host.docker.run("late", "--network", "app", "-p", "8082:7000")
            _ = try host.podman.run("later", "-p", "8083:7000")
            #expect(try host.rules()[0] != blocks[0])
            try host.docker.docker("rm", "-f", "late")
            try host.podman.podman("rm", "-f", "-t", "0", "later")
            #expect(try agent.blocks().allSatisfy { $0["portolan.block.state"] == "holds" })

            let after = try host.rules()
            #expect(try agent.unblock(each: given))
            #expect(try host.tables().isEmpty)
            #expect(try host.rules() == after)
            #expect(try web.silent(shop).isEmpty && pea.silent(bean).isEmpty)
            // Panic takes all of ours with it, and nothing else.
            _ = try agent.blocked(each: host.orders)
            #expect(try agent.node.runPortolan("panic", "--yes", "--socket", agent.socket).status == 0)
            #expect(try host.tables().isEmpty)
            #expect(try host.rules() == after)
            #expect(agent.said("fail_open") == 0, "\(agent.running.errors)")
        }

        /// Who is stopped leaves nothing, wherever that stood; and what an agent that died left, panic takes.
        @Test func whoIsGoneLeavesNothingAndPanicNeedsNoAgent() throws {
            let host = try NeighbourLab()
            let before = try OtherRules(on: host.node).only(NeighbourLab.administratorsTables)
            let agent = try host.startAgent()
            _ = try agent.blocked(each: host.orders)
            agent.running.kill()
            #expect(try !host.tables().isEmpty)
            let panic = try host.node.runPortolan(
                "panic",
                "--yes",
                "--socket",
                agent.socket,
                "--database",
                agent.database
            )
            #expect(panic.status == 0, "\(panic.errors)")
            #expect(try host.tables().isEmpty)

            let next = try host.startAgent()
            #expect(try next.blocks().isEmpty)
            let given = try next.blocked(each: host.orders.filter { $0[0] != "--address" })
            try host.docker.docker("stop", "-t", "0", "web", "hosted", "other")
            try host.podman.podman("stop", "-t", "0", "pea", "bean")
            try next.wait("their blocks wait") {
                try next.blocks().count { $0["portolan.block.state"] == "waiting" } == given.count - 1
            }
            #expect(try host.tablesOfTheHost().isEmpty)
            try host.docker.docker("rm", "-f", "flat")
            try next.wait("its block waits") {
                try next.blocks().allSatisfy { $0["portolan.block.state"] == "waiting" }
            }
            // They are there again with whoever comes again.
            try host.docker.docker("start", "web")
            try next.wait("it is stopped again") {
                Set(try host.tablesOfTheHost()) == ["table netdev portolan", "table inet portolan"]
            }
            #expect(try next.unblock(each: given))
            #expect(try host.tablesOfTheHost().isEmpty)
            #expect(try OtherRules(on: host.node).only(NeighbourLab.administratorsTables) == before)
            #expect(next.said("fail_open") == 0, "\(next.running.errors)")
        }

        /// What firewalld does when it reloads, what iptables-restore does, and what Debian's service for nftables does: packets are sent all
        /// the time, and who has rules of his own makes them anew.
        @Test func theirReloadsLetNothingThroughAndTakeNothingOfOursAway() throws {
            let host = try NeighbourLab()
            let agent = try host.startAgent()
            let before = try host.rules()
            let saved = try host.node.output(of: "nft", "-s", "list", "ruleset")
            let given = try agent.blocked(each: host.orders + [["web", "--to", host.shop.address]])
            let web = Reach(host.node, process: host.web.process)
            let tables = try host.tables()
            try host.node.shell("printf 'flush ruleset\\n%s\\n' \"$1\" >/run/nftables.conf", saved)
            let reloads: [(String, () throws -> Void)] = [
                ("firewalld", { try host.firewalld.reload() }),
                ("iptables", { try host.node.shell("iptables-save >/run/rules.v4; iptables-restore </run/rules.v4") }),
                ("nftables", { try host.node.output(of: "nft", "-f", "/run/nftables.conf") }),
            ]
            for (name, reload) in reloads {
                let sent = try web.send(to: host.shop.address, for: 3, every: 0.001) {
                    for _ in 0..<5 { try reload() }
                }
                #expect(sent.count > 500)
                let passed = sent.count { $0.wasAnswered }
                print("of \(sent.count) packets \(passed) passed while \(name) reloaded five times")
                if try host.node.output(of: "nft", "list", "ruleset").contains("# progname") {
                    #expect(passed == 0 && agent.said("fail_open") == 0, "\(name): \(agent.running.errors)")
                }
                #expect(try host.tables() == tables, "\(name)")
                let holding = try agent.blocks().filter { $0["portolan.block.state"] == "holds" }
                #expect(Set(holding.compactMap { $0["portolan.block.id"] }) == Set(given), "\(name)")
                let now = try host.rules()
                #expect(now[0] != before[0])
                // Rules inside of containers are nobody's who reloads.
                #expect(now.dropFirst() == before.dropFirst())
                // Nor does anybody but the last touch the administrator's.
                let administrators = NeighbourLab.administratorsTables
                if name != "nftables" {
                    #expect(now[0].only(administrators) == before[0].only(administrators), "\(name)")
                }
            }
            #expect(try agent.unblock(each: given))
            #expect(try host.tables().isEmpty)
            #expect(try web.silent(Reach.Target.all(host.shop.address)).isEmpty)
        }

        /// While no agent runs nobody keeps its tables from others: reloads leave them, but a flush takes them, and the next agent puts them back.
        @Test func whatIsTakenWhileNoAgentRunsTheNextOnePutsBack() throws {
            let host = try NeighbourLab()
            let agent = try host.startAgent()
            let number = try agent.blocked("web", "--to", host.shop.address)
            let web = Reach(host.node, process: host.web.process)
            let shop = Reach.Target.all(host.shop.address)
            agent.running.kill()
            let sent = try web.send(to: host.shop.address, for: 2, every: 0.001) {
                try host.firewalld.reload()
                try host.node.shell("iptables-save >/run/rules.v4; iptables-restore </run/rules.v4")
            }
            #expect(sent.count > 300 && sent.allSatisfy { !$0.wasAnswered })
            try host.node.output(of: "nft", "flush", "ruleset")
            #expect(try host.tablesOfTheHost().isEmpty)
            let next = try host.startAgent()
            try next.wait("it holds again") { try next.block(numbered: number)?["portolan.block.state"] == "holds" }
            #expect(try host.tablesOfTheHost() == ["table netdev portolan"])
            #expect(try web.answers(shop, within: 0.5).isEmpty)
            #expect(try next.unblock(number).status == 0)
            #expect(try web.silent(shop).isEmpty)
        }
    }
}
