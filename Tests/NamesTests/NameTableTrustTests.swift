import Addressing
import Names
import Testing

@Suite("What a name table believes")
struct NameTableTrustTests {
    @Test func followsAliasesToTheNameAskedFor() {
        var table = NameTable()
        let answer = DNSAnswer(
            "www.example.com",
            .address("edge.cdn.net", 7, timeToLive: 60),
            .alias("cdn.net", "edge.cdn.net", timeToLive: 60),
            .alias("www.example.com", "cdn.net", timeToLive: 3600)
        )
        table.learn(answer.bytes)
        #expect(table.name(of: 7) == "www.example.com")
    }

    @Test func holdsNoLongerThanTheWeakestStep() {
        var table = NameTable()
        let answer = DNSAnswer(
            "a",
            .alias("a", "b", timeToLive: 700),
            .address("b", 7, timeToLive: 86_400)
        )
        table.learn(answer.bytes)
        #expect(table.name(of: 7, at: 700) == "a")
        #expect(table.name(of: 7, at: 701) == nil)
    }

    @Test func doesNotBelieveWhatNobodyAskedFor() {
        var table = NameTable()
        let answer = DNSAnswer(
            "a.example",
            .address("a.example", 7, timeToLive: 60),
            .address("bank.example", 8, timeToLive: 60)
        )
        table.learn(answer.bytes)
        #expect(table.name(of: 7) == "a.example")
        #expect(table.name(of: 8) == nil)
    }

    @Test func endsWhereAliasesGoInCircles() {
        var table = NameTable()
        let answer = DNSAnswer(
            "a",
            .alias("a", "b", timeToLive: 60),
            .alias("b", "a", timeToLive: 60),
            .address("b", 7, timeToLive: 60)
        )
        table.learn(answer.bytes)
        #expect(table.name(of: 7) == "a")
    }

    @Test func takesNamesForTheSameInAnyLetterCase() {
        var table = NameTable()
        table.learn(DNSAnswer("wWw.eXample.COM", .address("www.EXAMPLE.com", 7, timeToLive: 60)).bytes)
        #expect(table.name(of: 7) == "www.example.com")
    }

    @Test(arguments: [0x0100, 0x8183, 0xa180])
    func learnsOnlyFromAnswersThatSucceeded(flags: UInt16) {
        // A query, a name that does not exist, a notification.
        var answer = DNSAnswer("a", is: 7)
        answer.flags = flags
        var table = NameTable()
        table.learn(answer.bytes)
        #expect(table.count == 0)
    }

    @Test func keepsNothingButVisibleASCII() throws {
        var table = NameTable()
        table.learn(DNSAnswer("a\u{1b}[2J\n é\"", is: 7).bytes)
        table.pin(.of(8), name: "p\u{1b}\n é\u{202e}x")
        for address in UInt32(7)...8 {
            let found = table.name(of: address)
            let name = try #require(found)
            #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
        }
        #expect(table.name(of: 8) == "p?????x")
    }

    @Test func cutsLongPinsAndPassesOverLongAnswers() {
        var table = NameTable()
        table.pin(.of(8), name: String(repeating: "x", count: 5000))
        #expect(table.name(of: 8)?.utf8.count == NameTable.nameLimit)
        // Within what DNS allows, but four characters an octet when written out.
        let label = String(repeating: "\u{1}", count: 60)
        table.learn(DNSAnswer("\(label).\(label)", is: 7).bytes)
        #expect(table.name(of: 7) == nil)
    }

    @Test func goesByPinsLast() {
        var table = NameTable(capacity: 1)
        table.pin(.of(7), name: "pinned")
        #expect(table.name(of: 7, for: 3, scope: 9, at: -5) == "pinned")
        table.learn(DNSAnswer("told", is: 7).bytes)
        #expect(table.name(of: 7) == "told")
        table.pin(.of(8), name: "one too many")
        #expect(table.name(of: 8) == nil)
        table.pin(.of(7), name: "")
        #expect(table.name(of: 7, scope: 9) == "pinned")
    }

    @Test func standsAnyBytes() {
        var table = NameTable(capacity: 64)
        let whole = DNSAnswer("a.b", .alias("a.b", "c", timeToLive: 9), .address("c", 7, timeToLive: 9)).bytes
        for _ in 0..<5000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 0..<5) { bytes[Int.random(in: bytes.indices)] = .random(in: 0...255) }
            table.learn(Array(bytes.prefix(Int.random(in: 0...bytes.count))), isTCP: .random())
        }
        #expect(table.count <= 64)
    }
}
