package import Evidence
package import Graph
package import Layout
import Records

/// A report as one page that opens from a file, prints, and needs neither network nor script: its policy forbids both.
package struct ReportPage {
    /// A graph of the period, laid out.
    package struct Chart {
        package var graph: FoldedGraph
        package var layout: ChartLayout
        package var caption: ChartCaption

        package init(graph: FoldedGraph, layout: ChartLayout, caption: ChartCaption) {
            self.graph = graph
            self.layout = layout
            self.caption = caption
        }
    }

    private let report: Report
    private var html = MarkupText()

    /// The same report and chart give the same bytes. `width` as `SVGText` takes it. Without a chart `why` says why there is none.
    package static func text(
        of report: Report,
        chart: Chart?,
        why: String? = nil,
        width: @escaping (String) -> Int
    ) -> [UInt8] {
        var page = Self(report: report)
        let picture = chart.map {
            SVGText.element(of: $0.graph, layout: $0.layout, caption: $0.caption, width: width)
        }
        page.write(picture, why)
        return page.html.bytes
    }

    private init(report: Report) { self.report = report }

    private mutating func write(_ picture: MarkupText?, _ why: String?) {
        html.literal("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        html.literal(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        )
        html.literal("base-uri 'none'; form-action 'none'\">\n")
        html.literal("<meta name=\"viewport\" content=\"width=device-width\">\n")
        html.literal("<meta name=\"referrer\" content=\"no-referrer\">\n")
        html.element("title", text: "NIST SP 800-190 evidence, \(report.periodText)")
        html.literal("\n<style>\n")
        html.literal(ReportStyle.text)
        html.literal("</style>\n</head>\n<body>\n<header>\n<h1>NIST SP 800-190 evidence</h1>\n")
        html.element("p", text: report.periodText)
        html.literal("\n<p class=\"soft\">")
        html.element("bdi", text: report.originText)
        html.literal("</p>\n</header>\n")
        writeFigures()
        writeContents()
        html.literal("<h2><span>Who talked to whom</span></h2>\n")
        if let picture {
            html.literal("<figure>\n")
            html.append(picture)
            html.literal(
                "\n<figcaption>A line joins everyone who enters it from the left with where it leads.</figcaption></figure>\n"
            )
        } else {
            html.element("p", ["class": "remark"], text: HarmlessText.text(why ?? "No chart: nobody talked."))
        }
        for (place, section) in report.sections.enumerated() { write(section, place + 1) }
        html.literal("<footer>")
        html.element(
            "p",
            text:
                "Made \(report.made.secondText) by portolan \(report.version). Each line has the command that shows it."
        )
        html.literal("</footer>\n</body>\n</html>\n")
    }

    /// The first line of sections that people look for first.
    private mutating func writeFigures() {
        let wanted: [(topic: ReportTopic, row: Int, name: String)] = [
            (.flows, 0, "flows"), (.flows, 2, "encapsulated"), (.crossings, 0, "level alerts"),
            (.scans, 0, "scan alerts"),
            (.destinations, 0, "addresses outside"), (.rogueContainers, 0, "containers"), (.blocks, 0, "blocks"),
            (.loss, -1, "packets lost"),
        ]
        html.literal("<ul class=\"figures\">\n")
        for (topic, row, name) in wanted {
            let rows = report.sections.first { $0.topic == topic }?.tables.first { $0.name == "totals" }?.rows ?? []
            let cell = row < 0 ? rows.last?.cells.last : row < rows.count ? rows[row].cells.last : nil
            html.literal("<li>")
            html.element(
                "b",
                ["class": cell ?? .unknown == .unknown ? "unknown" : ""],
                text: CellWords.text(cell ?? .unknown)
            )
            html.element("span", text: name)
            html.literal("</li>\n")
        }
        html.literal("</ul>\n")
    }

    private mutating func writeContents() {
        html.literal("<nav aria-label=\"Sections\"><ol>\n")
        for section in report.sections {
            html.literal("<li>")
            html.element("a", ["href": "#\(section.topic.rawValue)"], text: section.topic.title)
            html.literal("</li>\n")
        }
        html.literal("</ol></nav>\n")
    }

    private mutating func write(_ section: ReportSection, _ number: Int) {
        html.open("section", ["id": section.topic.rawValue])
        html.literal("\n<h2>")
        html.element("span", text: Report.title(section, number))
        html.element("small", text: Report.paragraphs(section))
        html.literal("</h2>\n")
        html.element("p", ["class": "soft"], text: section.topic.purpose)
        for remark in section.remarks {
            html.element("p", ["class": "remark"], text: HarmlessText.text(remark))
        }
        for table in section.tables { write(table) }
        html.literal("</section>\n")
    }
}

extension ReportPage {
    private mutating func write(_ table: ReportTable) {
        if let title = table.title { html.element("h3", text: title) }
        html.literal("<table>\n")
        // A column with nothing in it says nothing.
        let shown = table.columns.indices.filter { column in table.rows.contains { $0.cells[column] != .absent } }
        if table.name != "totals" {
            html.literal("<thead><tr>")
            for column in shown {
                html.element(
                    "th",
                    ["scope": "col", "class": table.columns[column].isFigure ? "number" : ""],
                    text: table.columns[column].title
                )
            }
            html.literal("</tr></thead>\n")
        }
        for (place, row) in table.rows.enumerated() {
            write(row, table.columns, shown, table.command(after: place, of: table.rows.count))
        }
        html.literal("</table>\n")
        if table.leftOut > 0 { html.element("p", ["class": "soft"], text: "and \(table.leftOut) more") }
    }

    private mutating func write(
        _ row: ReportRow,
        _ columns: [ReportColumn],
        _ shown: [Int],
        _ command: ShellCommand?
    ) {
        html.literal("<tbody class=\"row\">")
        html.open("tr", ["class": command == nil ? "bare" : ""])
        for column in shown {
            let cell = row.cells[column]
            var kind = columns[column].isFigure ? "number" : ""
            if case .time = cell { kind = "time" }
            if cell == .unknown { kind += kind.isEmpty ? "unknown" : " unknown" }
            html.open("td", ["class": kind])
            // So that a name written from right to left turns nothing around it.
            html.element("bdi", text: CellWords.text(cell))
            html.close("td")
        }
        html.literal("</tr>\n")
        if let command {
            html.open("tr", ["class": "command"])
            html.open("td", ["colspan": "\(shown.count)"])
            html.element("code", text: command.text)
            html.literal("</td></tr>")
        }
        html.literal("</tbody>\n")
    }
}
