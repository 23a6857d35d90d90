import Addressing
import Evidence
import Foundation
import Records
import Testing

@testable import Export

@Suite("Reports as text, JSON and a page")
struct ReportWriterTests {
    /// A report in which every word is an attacker's.
    static var hostile: Report {
        var sections: [ReportSection] = []
        for topic in ReportTopic.allCases {
            var totals = ReportTable(
                "totals",
                [.sentence("message", "what"), .figure("portolan.count", "how many")]
            )
            totals.add(
                [.text("things"), .count(1_234_567)],
                ShellCommand(["echo", Hostile.names[5]]),
                isCounted: true
            )
            totals.add([.text("what nobody knows"), .unknown], nil)
            var table = ReportTable(
                "names",
                title: "Names",
                [
                    ReportColumn("container.name", "name"), ReportColumn("container.image.name", "image"),
                    .figure("network.bytes", "bytes"), .sentence("message", "what"),
                ]
            )
            for name in Hostile.names {
                table.add(
                    [.text(name), .unknown, .bytes(5_000_000), .text("who is \(name)?")],
                    ShellCommand(["echo", name])
                )
            }
            var section = ReportSection(topic, [totals, table])
            section.remarks = Hostile.names
            sections.append(section)
        }
        return Report(
            made: Timestamp(nanoseconds: 1_790_000_000_000_000_000),
            version: "test",
            hostName: Hostile.names[5],
            source: .database(path: "/tmp/" + Hostile.names[4], journal: nil),
            span: ReportSpan(
                since: Timestamp(nanoseconds: 1_789_000_000_000_000_000),
                until: Timestamp(nanoseconds: 1_789_086_400_000_000_000)
            ),
            sections: sections
        )
    }

    private static func width(_ text: String) -> Int { text.unicodeScalars.count }

    private static let page = String(
        decoding: ReportPage.text(of: hostile, chart: nil, why: "No <b>chart</b>", width: width),
        as: UTF8.self
    )

    @Test func textHasEightyColumnsButForWordsThatAreLonger() {
        let lines = ReportText.lines(of: Self.hostile, width: Self.width)
        #expect(lines.count > 400)
        for line in lines where line.role != .faint { #expect(line.text.unicodeScalars.count <= 80, "\(line.text)") }
        let text = lines.map(\.text).joined(separator: "\n")
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isHarmful })
        #expect(text.contains("1,234,567") && text.contains("4.8 MiB") && text.contains("unknown"))
        #expect(text.contains("   and 4 more; -o json has the first 100"))
        #expect(!lines.contains { $0.text.hasSuffix(" ") })
    }

    @Test func figuresStandBelowEachOther() throws {
        var table = ReportTable("t", [ReportColumn("a", "name"), .figure("b", "bytes"), .sentence("c", "what")])
        table.add([.text("x"), .bytes(1), .text("short")], nil)
        table.add(
            [
                .text(String(repeating: "y", count: 90)), .bytes(123_456_789),
                .text("many words " + String(repeating: "and more ", count: 20)),
            ],
            nil
        )
        let layout = TableLayout(table, limit: 10, columns: 60, Self.width)
        let all = [layout.titles] + layout.rows.flatMap(\.self)
        #expect(all.allSatisfy { $0.count <= 60 } && layout.rows[1].count > 3)
        let place = try #require(layout.titles.range(of: "bytes")?.upperBound)
        let column = layout.titles.distance(from: layout.titles.startIndex, to: place)
        #expect(String(layout.rows[0][0].prefix(column)).hasSuffix("1 B"))
        #expect(String(layout.rows[1][0].prefix(column)).hasSuffix("117.7 MiB"))
    }

    @Test func jsonIsOneDocumentThatSaysWhatIsNotKnown() throws {
        let text = ReportJSON.text(of: Self.hostile)
        #expect(text.last == 0x0a && text.count { $0 == 0x0a } == 1)
        guard case .object(let root) = try JSONReader.read(text.span), case .object(let portolan)? = root["portolan"],
            case .object(let report)? = portolan["report"], case .array(let sections)? = report["sections"],
            case .object(let section)? = sections.first, case .array(let tables)? = section["tables"],
            case .object(let totals)? = tables.first, case .array(let records)? = totals["records"]
        else {
            Issue.record("no report")
            return
        }
        #expect(sections.count == ReportTopic.allCases.count && section["id"] == .string("surfaces"))
        guard case .object(let known)? = records.first, case .object(let unknown)? = records.last else { return }
        guard case .object(let first)? = known["portolan"] else { return }
        #expect(first["count"] == .integer(1_234_567) && first["lines"] == .integer(1_234_567))
        #expect(unknown["portolan"] == .object(["known": .bool(false)]))
        guard case .object(let names)? = tables.last, case .array(let rows)? = names["records"] else { return }
        for (row, name) in zip(rows, Hostile.names) {
            guard case .object(let members) = row, case .object(let container)? = members["container"] else {
                Issue.record("no container")
                continue
            }
            #expect(container == ["name": .string(name)])
        }
    }

    @Test func pageHasNoScriptAndNothingToFetch() {
        for word in ["<script", "<img", "<svg/", "<base", "<iframe", "onload=\"", "<link"] {
            #expect(!Self.page.contains(word), "\(word)")
        }
        #expect(Self.page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && Self.page.contains("No &lt;b&gt;chart"))
        #expect(Self.page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"))
        #expect(Self.page.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isHarmful })
    }

    @Test(.enabled(if: Tool.hasPython)) func pageIsWellFormedWithAnAnchorForEachSection() throws {
        let program = """
            import html.parser, json, sys
            class Reader(html.parser.HTMLParser):
                def __init__(self):
                    super().__init__(); self.open = []; self.ids = []; self.links = []; self.wrong = []
                def handle_starttag(self, tag, attributes):
                    a = dict(attributes)
                    if "id" in a: self.ids.append(a["id"])
                    if "href" in a: self.links.append(a["href"])
                    if any(k.startswith("on") for k in a): self.wrong.append(tag)
                    if tag not in ("meta",): self.open.append(tag)
                def handle_endtag(self, tag):
                    if not self.open or self.open.pop() != tag: self.wrong.append(tag)
            r = Reader(); r.feed(open(sys.argv[1], encoding="utf-8").read())
            print(json.dumps([r.ids, r.links, r.wrong, r.open]))
            """
        let told = try #require(try Tool.python(program, input: Array(Self.page.utf8)) as? [[String]])
        #expect(told[0] == ReportTopic.allCases.map(\.rawValue))
        #expect(told[1] == told[0].map { "#" + $0 })
        #expect(told[2].isEmpty && told[3].isEmpty, "\(told[2]) \(told[3])")
    }
}
