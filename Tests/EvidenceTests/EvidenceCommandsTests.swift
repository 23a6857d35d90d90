import Testing

@testable import Evidence

/// What a report prints to be looked up again.
@Suite("Commands of a report")
struct EvidenceCommandsTests {
    @Test(arguments: [true, false]) func whatCasesKeepIsLookedUpWhereThereIsAny(keepsCases: Bool) throws {
        let source = EvidenceSource.database(path: "a.db", journal: 3, keepsCases: keepsCases)
        let commands = EvidenceCommands(source: source, span: Sample.span)
        for (table, command) in [
            ("journal", commands.journal("x")), ("gaps", commands.gaps("capture")), ("blocks", commands.blocks()),
        ] {
            let text = try #require(command).text
            #expect(text.contains("FROM \(table) "))
            #expect(text.contains("case_\(table)") == keepsCases)
        }
    }
}
