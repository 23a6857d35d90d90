import Addressing
import Names
import Testing

@Suite("Name table")
struct NameTableTests {
    @Test func knowsTheNameAClientAskedFor() {
        var table = NameTable()
        table.learn(DNSAnswer("www.example.com", is: 7).bytes)
        #expect(table.name(of: 7) == "www.example.com")
        #expect(table.name(of: 8) == nil)
        #expect(table.count == 1)
    }

    @Test func readsTheMessageBehindATCPLength() {
        var table = NameTable()
        let bytes = DNSAnswer("www.example.com", is: 7).bytes
        table.learn([0, UInt8(bytes.count)] + bytes, isTCP: true)
        #expect(table.name(of: 7) == "www.example.com")
    }

    @Test func keepsScopesApart() {
        var table = NameTable()
        table.learn(DNSAnswer("a.tenant", is: 7).bytes, scope: 1)
        table.learn(DNSAnswer("b.tenant", is: 7).bytes, scope: 2)
        #expect(table.name(of: 7, scope: 1) == "a.tenant")
        #expect(table.name(of: 7, scope: 2) == "b.tenant")
        #expect(table.name(of: 7, scope: 3) == nil)
    }

    @Test func prefersWhatTheClientItselfWasTold() {
        var table = NameTable()
        table.learn(DNSAnswer("mine", is: 7).bytes, client: 1)
        table.learn(DNSAnswer("others", is: 7).bytes, client: 2)
        #expect(table.name(of: 7, for: 1) == "mine")
        #expect(table.name(of: 7, for: 2) == "others")
        #expect(table.name(of: 7, for: 3) == "others")
    }

    @Test(arguments: [(0, 600), (60, 600), (600, 600), (601, 601), (86_400, 86_400)] as [(UInt32, Int64)])
    func keepsANameAsLongAsItHoldsAndTenMinutesAtLeast(timeToLive: UInt32, until: Int64) {
        var table = NameTable()
        table.learn(DNSAnswer("a", is: 7, timeToLive: timeToLive).bytes, at: 1000)
        #expect(table.name(of: 7, at: 1000 + until) == "a")
        #expect(table.name(of: 7, at: 1001 + until) == nil)
        #expect(table.name(of: 7, at: 999) == nil)
    }

    @Test func doesNotForgetABusyNameHalfway() {
        var table = NameTable()
        for time in [Int64(0), 500, 1000] { table.learn(DNSAnswer("a", is: 7).bytes, at: time) }
        for time in [Int64(0), 700, 1600] { #expect(table.name(of: 7, at: time) == "a") }
    }

    @Test func remembersTheNameBeforeForFlowsThatBeganThen() {
        var table = NameTable()
        table.learn(DNSAnswer("a", is: 7).bytes, at: 0)
        table.learn(DNSAnswer("b", is: 7).bytes, at: 100)
        #expect(table.name(of: 7, at: 99) == "a")
        #expect(table.name(of: 7, at: 100) == "b")
    }

    @Test func standsTimesAtTheirEnd() {
        var table = NameTable()
        table.learn(DNSAnswer("a", is: 7, timeToLive: 0x7fff_ffff).bytes, at: Int64.max / 1_000_000_000)
        #expect(table.name(of: 7, at: Int64.max / 1_000_000_000) == "a")
    }

    @Test func forgetsTheOldestWhenFull() {
        var table = NameTable(capacity: 3)
        for address in UInt32(1)...3 { table.learn(DNSAnswer("n\(address)", is: address).bytes) }
        // Said again, so that the second is now the oldest.
        table.learn(DNSAnswer("n1", is: 1).bytes)
        table.learn(DNSAnswer("n4", is: 4).bytes)
        #expect((1...4).map { table.name(of: $0) } == ["n1", nil, "n3", "n4"])
        #expect(table.count == 3)
        #expect(table.evicted == 1)
    }

    @Test func forgetsWhatOthersWereToldTogetherWithTheEntry() {
        var table = NameTable(capacity: 2)
        table.learn(DNSAnswer("a", is: 7).bytes, client: 1)
        table.learn(DNSAnswer("b", is: 8).bytes, client: 1)
        table.learn(DNSAnswer("c", is: 9).bytes, client: 1)
        #expect(table.name(of: 7, for: 2) == nil)
        #expect(table.name(of: 8, for: 2) == "b")
        #expect(table.name(of: 9, for: 2) == "c")
    }

    /// A table of the same bound that searches: slow, and plainly right.
    @Test func agreesWithATableThatSearches() {
        var table = NameTable(capacity: 50)
        var model: [(address: UInt32, client: UInt32, name: String)] = []
        for step in 0..<5000 {
            let address = UInt32.random(in: 0..<30)
            let client = UInt32.random(in: 0..<4)
            let name = "n\(step)"
            table.learn(DNSAnswer(name, is: address).bytes, client: client)
            model.removeAll { $0.address == address && $0.client == client }
            model.append((address, client, name))
            if model.count > 50 { model.removeFirst() }
            let probe = UInt32.random(in: 0..<30)
            let asker = UInt32.random(in: 0..<5)
            let own = model.last { $0.address == probe && $0.client == asker }
            let expected = own ?? model.last { $0.address == probe }
            #expect(table.name(of: probe, for: asker) == expected?.name)
        }
        #expect(table.count == 50)
    }
}
