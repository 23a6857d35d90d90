import Addressing
import Containers
import Graph
import Records
import Testing

@Suite("Graph from JSON")
struct ToldGraphTests {
    private func read(_ text: [UInt8]) throws -> ToldGraph { try ToldGraph(reading: text.span) }

    @Test(arguments: 0..<50 as Range<UInt64>) func isTheOneThatWasWritten(seed: UInt64) throws {
        let random = RandomGraph(seed: seed)
        let written = JSONGraph.text(of: random.picture, rates: random.rates)
        let told = try read(written)
        #expect(JSONGraph.text(of: told.picture, rates: told.rates) == written)
        #expect(told.picture.edges == random.picture.edges && told.rates == random.rates)
        #expect(told.picture.folding == random.picture.folding)
        #expect(told.picture.minutes.map(\.edges) == random.picture.minutes.map(\.edges))
        // What each container sent in a minute is not told.
        #expect(told.picture.minutes.allSatisfy { $0.containers.isEmpty })
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func changesAreThoseThatWereWritten(seed: UInt64) throws {
        let changes = RandomGraph(seed: seed).changes
        let written = JSONGraph.text(of: changes)
        let told = try #require(try GraphChanges(reading: written.span))
        #expect(JSONGraph.text(of: told) == written)
        #expect(told.edges == changes.edges && told.endpoints.map(\.key) == changes.endpoints.map(\.key).sorted())
    }

    @Test func whatElseTheAgentSaysIsNoChange() throws {
        let line = Array(#"{"error":{"message":"3 changes were dropped"}}"#.utf8)
        #expect(try GraphChanges(reading: line.span) == nil)
        #expect(throws: JournalError.Reason.wrong("error")) { try read(line) }
        let empty = Array("{}".utf8)
        #expect(try GraphChanges(reading: empty.span) == GraphChanges())
    }

    private static let end =
        #"{"id":"host:a","kind":"host","first":"1970-01-01T00:00:00Z","last":"1970-01-01T00:00:00Z"}"#
    private static let counts =
        #""flows":1,"source_packets":1,"source_bytes":1,"destination_packets":1,"destination_bytes":1"#
    private static let edge = #"{"source":"host:a","destination":"others","iana_number":6,\#(counts)}"#

    private static let refused: [(String, JournalError.Reason)] = [
        (#"{"endpoints":[{"id":"ghost:a","kind":"ghost"}]}"#, .wrong("endpoints.id")),
        (#"{"endpoints":[{"id":"host:a","kind":"container"}]}"#, .wrong("endpoints.kind")),
        (#"{"endpoints":[{"id":"host:a","kind":"host"}]}"#, .missing("endpoints.first")),
        (#"{"endpoints":[\#(end),\#(end)]}"#, .wrong("endpoints.id")),
        (#"{"endpoints":{}}"#, .wrong("endpoints")), (#"{"endpoints":[1]}"#, .wrong("endpoints")),
        (#"{"edges":[\#(edge)]}"#, .missing("edges.first")),
        (#"{"edges":[{"source":"host:"}]}"#, .missing("edges.first")),
        (
            #"{"minutes":[{"start":"1970-01-01T00:00:00Z","edges":[\#(edge),\#(edge)]}]}"#,
            .wrong("minutes.edges.source")
        ),
        (
            #"{"minutes":[{"start":"1970-01-01T00:00:00Z"},{"start":"1970-01-01T00:00:00Z"}]}"#, .wrong("minutes.start")
        ),
        (#"{"minutes":[{"edges":[]}]}"#, .missing("minutes.start")),
        (#"{"folded":{"edges":-1}}"#, .wrong("folded.edges")),
        (#"{"folded":{"edges":99999999999999999999999}}"#, .wrong("folded.edges")),
        (#"{"folded":{},"folded":{}}"#, .notJSON(.repeatedKey(at: 13))),
    ]

    @Test(arguments: refused) func saysWhatIsWrong(text: String, reason: JournalError.Reason) {
        #expect(throws: reason) { try read(Array(text.utf8)) }
    }

    /// What comes of it does not matter, only that it comes to an end.
    @Test(arguments: 0..<20 as Range<UInt64>) func endsWhateverItIsGiven(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let random = RandomGraph(seed: seed)
        let whole = JSONGraph.text(of: random.picture, rates: random.rates)
        let change = JSONGraph.text(of: random.changes)
        var refused = 0
        for _ in 0..<50 {
            do {
                var told = try read(Mutation.of(whole, &numbers))
                let line = Mutation.of(change, &numbers)
                if let changes = try GraphChanges(reading: line.span) { told.picture.apply(changes) }
                _ = JSONGraph.text(of: told.picture, rates: told.rates)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }
}
