import Foundation
import Graph
import Testing

/// mermaid-cli brings a browser and half of npm along, so the grammar that is written is checked here, line by line: it is a small part of
/// Mermaid's.
@Suite("Mermaid")
struct MermaidTextTests {
    /// Nothing that Mermaid gives a meaning within quotes or comments but its own references.
    private static let safe = #"(?:[A-Za-z0-9 .,/!?+-]|[^\x00-\x7F]|#[0-9]+;)*"#
    private static let id = "r_[a-z]+_[0-9x]+_[A-Za-z0-9_]*"
    private static let lines = [
        "flowchart LR", "  %% \(safe)", "  \(id)\\[\"\(safe)\"\\](?::::(?:outside|lowest|highest))?",
        "  \(id) (?:-->|==>|-\\.->|--x)\\|\"\(safe)\"\\| \(id)",
        "  classDef [a-z]+ stroke:#[0-9a-f]{6}", "  linkStyle [0-9]+ stroke:#[0-9a-f]{6},stroke-width:3px",
    ]

    private func matches(_ text: String, _ pattern: String) throws -> Bool {
        let expression = try NSRegularExpression(pattern: "^(?:\(pattern))$")
        let whole = NSRange(text.startIndex..., in: text)
        return expression.firstMatch(in: text, range: whole)?.range == whole
    }

    @Test(arguments: [false, true]) func hasOnlyLinesOfItsGrammar(isHostile: Bool) throws {
        let picture = isHostile ? Picture.hostile : Picture.shop
        let lines = picture.mermaid.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for line in lines {
            let text = String(line)
            let fits = try Self.lines.contains { try matches(text, $0) }
            #expect(fits, "\(text)")
        }
        #expect(lines.count { $0.contains("[\"") } == picture.graph.rows.count)
        #expect(lines.count { $0.contains("|\"") } == picture.graph.edges.count)
    }

    @Test func tellsRowsAndEdges() {
        let lines = Set(Picture.shop.mermaid.text.split(separator: "\n"))
        #expect(lines.contains("  r_service_0_shop_2fads[\"P!ads\"]:::lowest"))
        #expect(
            lines.contains(
                "  r_service_0_shop_2fads ==>|\"5432/tcp 248k undeclared crossing\"| r_service_2_shop_2fpg_2dorders"
            )
        )
    }

    @Test func writesReferencesForWhatHasAMeaning() {
        let text = Picture.hostile.mermaid.text
        #expect(text.contains("#60;img src#61;x onerror#61;document.title#61;#39;owned#39;#62;"))
        #expect(text.contains("#35;quot#59;"))
    }
}
