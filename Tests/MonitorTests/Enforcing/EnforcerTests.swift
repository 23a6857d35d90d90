import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Records
import Testing

@testable import Monitor

/// Blocks in the real kernel, in namespaces of the tests' own.
@Suite("Enforcer", .serialized)
struct EnforcerTests {
    @Test func whatWasLeftBehindElsewhereGoesAndNobodyWaitsForIt() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        let others = try (0..<20).map { _ in try EnforcedHost() }
        for other in others {
            try other.run("/usr/sbin/nft", "add table inet portolan; add table inet theirs")
            host.learn(.interface(Interface(key: InterfaceKey(namespace: other.home, index: 1), name: "lo")))
        }
        try host.begin(paths: Dictionary(uniqueKeysWithValues: others.map { ($0.home, $0.path) }))
        let block = try await host.block(["container": ["web"], "to": ["192.0.2.7"], "for": ["10m"]])
        #expect(block.state == .holds)
        for other in others {
            try await host.wait("it is gone") { try !other.ruleset().contains("portolan") }
            #expect(try other.ruleset().contains("table inet theirs"))
        }
    }

    @Test func whatIsAskedForStandsWhenItIsAnswered() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin()
        let block = try await host.block(["container": ["web"], "to": ["192.0.2.7"], "for": ["10m"]])
        #expect(block.state == .holds)
        #expect(block.block.identifier == BlockIdentifier(1))
        #expect(block.who == "web")
        let rules = try host.ruleset()
        #expect(rules.contains("\"v-web\" . 192.0.2.7"))
        #expect(rules.contains("comment \"#1\""))
        // What nft(8) says of a table that has an owner.
        #expect(rules.contains("# progname"))
        #expect(host.written.all.map(\.action) == [.added, .verified])
        guard case .done = try await host.ask(.release(BlockIdentifier(1), by: EnforcedHost.person)) else {
            throw EnforcedHost.Failure(description: "not let go")
        }
        #expect(try host.ruleset() == "")
        #expect(host.written.all.map(\.action) == [.added, .verified, .ended])
        guard case .blocks(let undoable) = try await host.ask(.undoable),
            case .refused(.absent, let refusal) = try await host.ask(
                .undo(by: EnforcedHost.person, of: BlockIdentifier(9))
            )
        else { throw EnforcedHost.Failure(description: "undone, or not told what would be") }
        #expect(undoable.map(\.message) == ["It would hold again."])
        #expect(undoable.map(\.state) == [.ended])
        #expect(refusal.contains("not about block #9 any more, but about #1."))
        #expect(try host.ruleset() == "")
        guard case .done = try await host.ask(.undo(by: EnforcedHost.person, of: BlockIdentifier(1))) else {
            throw EnforcedHost.Failure(description: "not undone")
        }
        #expect(try host.ruleset().contains("192.0.2.7"))
        guard
            case .refused(.absent, "No block #9 is in force.") = try await host.ask(
                .release(BlockIdentifier(9), by: EnforcedHost.person)
            )
        else { throw EnforcedHost.Failure(description: "there is no block 9") }
    }

    @Test func aBlockGoesWithItsContainerToAnotherDevice() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin()
        try await host.block(["container": ["web"], "to": ["192.0.2.7"]])
        host.learn(.containerEnded(ContainerKey(identifier: "web", generation: 1)))
        try await host.wait("it waits") { try await host.blocks().first?.state == .waiting }
        #expect(try host.ruleset() == "")
        try host.add("web", 3, generation: 2, device: "v-new")
        try await host.wait("it holds") { try await host.blocks().first?.state == .holds }
        let rules = try host.ruleset()
        #expect(rules.contains("\"v-new\" . 192.0.2.7"))
        #expect(!rules.contains("v-web"))
        #expect(host.written.of(.failsOpen).isEmpty)
    }

    @Test func aSelectorStopsWhoComesLater() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin()
        let block = try await host.block(["selector": ["name=shop*"], "to": ["192.0.2.7"]])
        #expect(block.state == .waiting)
        try host.add("shop-1", 3)
        try await host.wait("it holds") { try await host.blocks().first?.state == .holds }
        #expect(try host.ruleset().contains("\"v-shop-1\" . 192.0.2.7"))
    }

    @Test func blocksEndWithTheirTime() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin()
        let block = try await host.block(["container": ["web"], "to": ["192.0.2.7"], "for": ["1s"]])
        try await host.wait("it ended") { !host.written.of(.ended).isEmpty }
        #expect(try await host.blocks().isEmpty)
        let ended = try #require(host.written.of(.ended).first)
        let until = try #require(block.block.until)
        #expect(ended.endedBy == "its time is over")
        #expect(Clock.now.nanoseconds - until.nanoseconds < 5_000_000_000)
        #expect(try host.ruleset() == "")
    }

    @Test func theNextOneGoesOnAndTakesAwayWhatIsStale() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin()
        try await host.block(["container": ["web"], "to": ["192.0.2.7"]])
        try await host.block(["container": ["web"], "to": ["192.0.2.8"]])
        let known = try await host.blocks()
        host.end()
        // Nobody takes it away meanwhile.
        #expect(try host.ruleset().contains("192.0.2.8"))
        host.learn(.host(host.home, name: "here"))
        try host.add("shop", 3)
        let next = known.filter { $0.block.identifier.number == 1 }
        // Who is here is told anew, and runs are counted anew.
        try host.run("/sbin/ip", "link", "del", "v-web")
        try host.add("web", 2)
        try host.begin(with: next, firstNumber: 3)
        try await host.wait("it holds") { try await host.blocks().first?.state == .holds }
        let rules = try host.ruleset()
        #expect(rules.contains("192.0.2.7"))
        #expect(!rules.contains("192.0.2.8"))
        #expect(try await host.block(["container": ["web"], "to": ["192.0.2.9"]]).block.identifier.number == 3)
        #expect(host.written.of(.failsOpen).isEmpty)
    }

    @Test func whatSomebodyTakesAwayIsThereAgainAtOnceAndIsTold() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        // As on a kernel where tables cannot be kept from others.
        try host.begin(ownsTables: false)
        try await host.block(["container": ["web"], "to": ["192.0.2.7"]])
        for command in ["delete table netdev portolan", "flush ruleset"] {
            let before = host.written.of(.failsOpen).count
            try host.run("/usr/sbin/nft", command)
            let began = ContinuousClock.now
            try await host.wait("it is told") { host.written.of(.failsOpen).count > before }
            let took = began.duration(to: .now)
            print("\(command) was mended \(took) after nft(8) had ended")
            #expect(took < .milliseconds(500))
            #expect(try host.ruleset().contains("\"v-web\" . 192.0.2.7"))
        }
        let told = host.written.of(.failsOpen)
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.message?.hasPrefix("nft changed the table portolan") ?? false })
        #expect(try await host.blocks().first?.state == .holds)
    }

    @Test func whoOwnsTheTableKeepsIt() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin()
        try await host.block(["container": ["web"], "to": ["192.0.2.7"]])
        let other = KernelTables(privileged: host.thread, home: host.home, path: { _ in nil }, now: { Clock.now })
        let failures = other.clear([])
        #expect(failures.count == 1)
        #expect(failures.first?.contains("another process owns it") == true)
        #expect(try host.ruleset().contains("192.0.2.7"))
        host.end()
        try await host.wait("nobody owns it") { other.clear([]).isEmpty }
        #expect(try host.ruleset() == "")
    }

    @Test func whoeverElseOwnsTheNameIsLeftAloneAndThatIsSaid() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        let other = KernelTables(privileged: host.thread, home: host.home, path: { _ in nil }, now: { Clock.now })
        let table = Nftables.Table(.netdev, flags: [.owner, .persist], comment: "not ours")
        try other.takeOver([.addTable(table)], in: host.home)
        try host.begin()
        let words = ["container": ["web"], "to": ["192.0.2.7"]]
        let answer = try await host.ask(.add(try BlockWish(words), by: EnforcedHost.person))
        guard case .refused(.failed, let sentence) = answer else {
            throw EnforcedHost.Failure(description: "\(answer)")
        }
        #expect(sentence == "Not blocked: another process owns the table portolan in the host's namespace.")
        #expect(try await host.blocks().isEmpty)
        #expect(host.written.all.map(\.action) == [.added, .ended])
        #expect(try host.ruleset().contains("comment \"not ours\""))
        // When it goes, it works.
        #expect(other.clear([]).isEmpty)
        #expect(try await host.block(words).state == .holds)
    }

    @Test func panicLeavesNothing() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin { $0.mode = .enforce }
        try await host.block(["container": ["web"], "to": ["192.0.2.7"]])
        guard case .done(let gone) = try await host.ask(.panic(by: EnforcedHost.person)) else {
            throw EnforcedHost.Failure(description: "not let go")
        }
        #expect(gone.map(\.state) == [.ended])
        #expect(try host.ruleset() == "")
        #expect(try await host.blocks().isEmpty)
    }
}
