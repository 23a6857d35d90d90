import Foundation
import Graph
import Layout
import Testing

@testable import Export

@Suite("HTML page", .enabled(if: Tool.hasPython))
struct HTMLPageTests {
    /// Whoever changes the script writes the hash that this names into PageScript.swift.
    @Test func allowsItsOwnScriptAndNoOther() throws {
        let program = """
            import base64, hashlib, json, re, sys
            page = open(sys.argv[1], encoding="utf-8").read()
            scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
            print(json.dumps(["sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]))
            """
        let hashes = try Tool.python(program, input: Picture.shop.page) as? [String]
        #expect(hashes == ["\(PageScript.hash)"])
        #expect(
            Picture.hostile.page.text.contains(
                "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src '\(PageScript.hash)'; "
            )
        )
    }

    @Test func scriptMakesNoMarkupOfText() {
        let script = "\(PageScript.text)"
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "import("] {
            #expect(!script.contains(word), "\(word)")
        }
        #expect(script.split(separator: "\n").count <= 160)
    }

    @Test func hasEveryEdgeInItsTable() {
        let picture = Picture.shop
        let text = picture.page.text
        #expect(text.components(separatedBy: "<tr id=").count - 1 == picture.graph.edges.count)
        #expect(text.components(separatedBy: "<bdi>docked</bdi>").count - 1 == picture.layout.figures.edgesDocked)
        #expect(text.components(separatedBy: "<bdi>yes</bdi>").count - 1 == picture.layout.figures.edgesDrawn)
    }

    @Test func escapesWhatComesFromOutside() {
        let text = Picture.hostile.page.text
        #expect(text.components(separatedBy: "<script").count == 2)
        #expect(!text.contains("<img") && !text.contains("\u{202e}") && !text.contains("\u{1b}"))
        #expect(text.contains("&lt;img src=x onerror=document.title=&#39;owned&#39;&gt;"))
    }
}
