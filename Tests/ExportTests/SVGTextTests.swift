import Foundation
import Graph
import Layout
import Testing

@Suite("SVG", .enabled(if: Tool.hasPython))
struct SVGTextTests {
    /// Tags, the texts of names, classes of lines, and attributes that could do or fetch something.
    private static let reader = """
        import json, sys, xml.etree.ElementTree as tree
        root = tree.parse(sys.argv[1]).getroot()
        space = "{http://www.w3.org/2000/svg}"
        every = list(root.iter())
        ids = [e.get("id") for e in every if e.get("id")]
        print(json.dumps({"tags": sorted({e.tag.removeprefix(space) for e in every}),
            "names": [e.text or "" for e in every if "name" == e.get("class")],
            "lines": [e.get("class") for e in every if (e.get("class") or "").startswith("line ")],
            "facts": [e.text for e in every if e.get("class") in ("title", "fact", "small")],
            "hubs": [e.get("id") for e in every if e.get("class") == "hub"],
            "unique": len(ids) == len(set(ids)), "ids": ids,
            "bad": [n for e in every for n in e.attrib if n.lower().startswith("on") or "href" in n.lower() or n == "style"]}))
        """

    private func read(_ svg: [UInt8]) throws -> [String: Any] {
        try #require(try Tool.python(Self.reader, input: svg) as? [String: Any])
    }

    private static let tags = ["g", "path", "polygon", "rect", "style", "svg", "text", "title"]

    @Test func hasTheRowsLinesAndHubsOfTheLayout() throws {
        let picture = Picture.shop
        let read = try read(picture.svg)
        #expect(read["tags"] as? [String] == Self.tags)
        let lines = try #require(read["lines"] as? [String])
        #expect(lines == picture.layout.lines.map { "line \($0.strength)" })
        #expect((read["hubs"] as? [String])?.count == picture.layout.hubs.count && !picture.layout.hubs.isEmpty)
        let names = try #require(read["names"] as? [String])
        #expect(names.count == picture.layout.rows.count + picture.layout.hubs.count)
        #expect(names.contains("pg-orders"))
        #expect(read["unique"] as? Bool == true)
        let facts = try #require(read["facts"] as? [String]).joined(separator: "\n")
        for fact in [
            "shop-host-1", "30 of 118 edges drawn", "docked", "loss: 0 %", "undeclared crossing", "restricted",
        ] {
            #expect(facts.contains(fact), "\(fact)")
        }
    }

    @Test func isTheSameBytesEveryTime() {
        let (one, other) = (Picture.hostile, Picture.madeHostile())
        #expect(one.svg == other.svg && one.page == other.page && one.graphML == other.graphML)
        #expect(one.dot == other.dot && one.mermaid == other.mermaid)
    }

    @Test func tellsWhatGoesBackAndWhatIsDroppedGoneOrNew() throws {
        let picture = Picture.cyclic
        let lines = try #require(try read(picture.svg)["lines"] as? [String])
        #expect(picture.layout.figures.backEdges > 0)
        #expect(lines.count { $0 == "line gone" } == picture.layout.lines.count { $0.strength == .gone })
        #expect(lines.contains("line gone") && lines.contains { $0.hasSuffix(" new") })
        // A bar for each line that is dropped, an arrow for each of the others and where one enters a trunk from the right.
        let text = picture.svg.text
        let dropped = picture.layout.lines.count(where: \.isDropped)
        #expect(text.components(separatedBy: "<rect class=\"head\"").count - 1 == dropped && dropped > 0)
        #expect(text.components(separatedBy: "<polygon").count - 1 >= picture.layout.lines.count - dropped)
    }

    @Test func makesNoMarkupOfNames() throws {
        let read = try read(Picture.hostile.svg)
        #expect(read["tags"] as? [String] == Self.tags)
        #expect(read["bad"] as? [String] == [])
        #expect(read["unique"] as? Bool == true)
        let names = try #require(read["names"] as? [String])
        #expect(names.contains("<img src=x onerror=document.title='owned'>"))
        for id in try #require(read["ids"] as? [String]) {
            #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") })
        }
    }

    @Test func fetchesNothingAndRunsNothing() {
        let text = Picture.shop.svg.text
        for word in ["<script", "url(", "@import", "@font-face", "href", "<image", "<foreignObject"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.contains("prefers-color-scheme:dark") && text.contains("@media print"))
    }
}
