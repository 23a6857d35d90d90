import Addressing
import Enforcement
import Policy
import Testing

@testable import Monitor

@Suite("What somebody wants blocked")
struct BlockWishTests {
    private func wish(_ words: (String, String)...) throws -> BlockWish {
        try BlockWish(Dictionary(words.map { ($0.0, [$0.1]) }) { $0 + $1 })
    }

    @Test func isReadFromWords() throws {
        let wish = try wish(
            ("container", "web"),
            ("to", "10.0.0.0/8"),
            ("protocol", "tcp"),
            ("port", "443,8000-8010"),
            ("port", "8005"),
            ("for", "10m"),
            ("because", "it scans"),
            ("both", "true")
        )
        #expect(wish.who == .container("web"))
        let prefix = try #require(IPPrefix("10.0.0.0/8"))
        let traffic = Traffic(protocolNumber: 6, ports: [443...443, 8000...8010])
        #expect(wish.target == .traffic(.prefix(prefix), traffic))
        #expect(wish.options == [.bothDirections])
        #expect(wish.duration == .seconds(600))
        #expect(wish.reason == "it scans")
    }

    @Test func knowsQuarantinesNamesAndAddressesAlone() throws {
        let closed = try wish(("container", "web"), ("quarantine", "true"), ("allow", "10.0.0.9"))
        #expect(closed.target == .everything(allowing: [try #require(IPPrefix("10.0.0.9/32"))]))
        #expect(try wish(("container", "web"), ("to", "Bad.Example")).name == "bad.example")
        let alone = try wish(("address", "198.51.100.7"))
        #expect(alone.target == .everything(allowing: []))
        #expect(alone.duration == BlockWish.duration)
        let selected = try wish(("selector", "image=*/shop:*"), ("selector", "label=tier=db"), ("to", "192.0.2.1"))
        var selector = Selector()
        selector.images = [NamePattern("*/shop:*")]
        selector.labels = [LabelSelector(key: "tier", value: NamePattern("db"))]
        #expect(selected.who == .selector(selector))
    }

    @Test(arguments: [
        [:], ["container": "web", "address": "192.0.2.1"], ["container": ""], ["address": "web"],
        ["container": "web", "to": "10.0.0.1/33x y"], ["container": "web", "port": "0x50"],
        ["container": "web", "port": "9-8"], ["container": "web", "port": "70000"],
        ["container": "web", "protocol": "http"], ["container": "web", "for": "10"], ["container": "web", "for": "0s"],
        ["container": "web", "for": "9999999999999999999d"], ["container": "web", "for": "3651d"],
        ["container": "web", "quarantine": "yes"], ["container": "web", "quarantine": "true", "to": "192.0.2.1"],
        ["container": "web", "allow": "192.0.2.1"], ["container": "web", "quarantine": "true", "allow": "all"],
        ["selector": "web"], ["selector": "colour=red"], ["selector": "cidr=here"], ["selector": "name="],
    ])
    func refusesWhatMakesNoSense(words: [String: String]) {
        #expect(throws: BlockWish.Mistake.self) { try BlockWish(words.mapValues { [$0] }) }
    }

    @Test func refusesWhatIsSaidTwice() {
        #expect(throws: BlockWish.Mistake.self) { try BlockWish(["container": ["a", "b"], "to": ["192.0.2.1"]]) }
    }
}

@Suite("What blocks stopped in all")
struct StoppedTallyTests {
    private func traffic(_ packets: UInt64) -> StoppedTraffic { StoppedTraffic(packets: packets, bytes: packets * 100) }

    @Test func goesOnWhenTheKernelBeginsAnew() {
        var tally = StoppedTally()
        let block = BlockIdentifier(1)
        #expect(tally.note(traffic(5), by: block) == traffic(5))
        #expect(tally.note(traffic(7), by: block) == traffic(7))
        #expect(tally.note(traffic(1), by: block) == traffic(8))
        #expect(tally.note(traffic(2), by: block) == traffic(9))
    }

    @Test func countsNothingTwiceAfterARestart() {
        var kept = StoppedTally()
        let block = BlockIdentifier(1)
        kept.begin(block, with: traffic(5))
        // The kernel went on counting.
        #expect(kept.note(traffic(6), by: block) == traffic(6))
        var lost = StoppedTally()
        lost.begin(block, with: traffic(5))
        // Its table was made anew.
        #expect(lost.note(traffic(1), by: block) == traffic(6))
        #expect(lost.note(traffic(3), by: block) == traffic(8))
    }
}

@Suite("What of a host is never blocked")
struct SurroundingsTests {
    @Test func resolversAreReadAsTheLibraryDoes() {
        let text = """
            # nameserver 192.0.2.1
            domain example.org
            nameserver 192.0.2.53
            nameserver\tfe80::1%eth0
            nameserver
            nameserver nonsense
            """
        #expect(Surroundings.resolvers(in: text) == [IPAddress("192.0.2.53"), IPAddress("fe80::1")].compactMap { $0 })
    }
}
