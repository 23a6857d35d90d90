/// A part of a report: what it is about, which paragraphs it serves, and what is known.
package struct ReportSection: Sendable {
    package var topic: ReportTopic
    /// What the reader has to know before he takes the numbers for the whole truth, a sentence each.
    package var remarks: [String] = []
    package var tables: [ReportTable] = []

    package init(_ topic: ReportTopic, _ tables: [ReportTable] = []) {
        self.topic = topic
        self.tables = tables.filter { !$0.rows.isEmpty }
    }
}

/// Rows under titles, each with the command that shows what it says.
package struct ReportTable: Sendable {
    /// For programs: `totals`, `listeners`.
    package var name: String
    /// For people; nil where the section's title says it.
    package var title: String?
    package var columns: [ReportColumn]
    package private(set) var rows: [ReportRow] = []
    /// Further rows that there is no room for.
    package var leftOut = 0

    package init(_ name: String, title: String? = nil, _ columns: [ReportColumn]) {
        self.name = name
        self.title = title
        self.columns = columns
    }

    /// Rows of one table that are told; of what is more the number is.
    package static var rowLimit: Int { 100 }

    package mutating func add(_ cells: [ReportCell], _ command: ShellCommand?, isCounted: Bool = false) {
        guard rows.count < Self.rowLimit else {
            leftOut += 1
            return
        }
        rows.append(ReportRow(cells: cells, command: command, isCounted: isCounted))
    }
}

extension ReportTable {
    /// What is told behind a row: its command, unless the next has the same.
    package func command(after row: Int, of count: Int) -> ShellCommand? {
        let next = row + 1
        return next < min(count, rows.count) && rows[next].command == rows[row].command ? nil : rows[row].command
    }
}

package struct ReportColumn: Sendable {
    /// Where a record has it: keys within keys, `source.container.name`.
    package var key: String
    package var title: String
    /// Whether it holds figures, which stand to the right.
    package var isFigure = false
    /// Whether it holds sentences, which may take several lines.
    package var isSentence = false

    package init(_ key: String, _ title: String) {
        self.key = key
        self.title = title
    }

    package static func figure(_ key: String, _ title: String) -> Self {
        var column = Self(key, title)
        column.isFigure = true
        return column
    }

    package static func sentence(_ key: String, _ title: String) -> Self {
        var column = Self(key, title)
        column.isSentence = true
        return column
    }
}

package struct ReportRow: Sendable {
    package var cells: [ReportCell]
    /// What shows it when it is typed; nil where there is nothing to show, as nobody kept it.
    package var command: ShellCommand?
    /// Whether that prints exactly as many lines as the first figure says.
    package var isCounted: Bool
}

/// What a row has in a column.
package enum ReportCell: Hashable, Sendable {
    /// From outside or not: whoever writes it makes it harmless.
    case text(String)
    case count(UInt64)
    /// What is no quantity: a port, a VNI, a block's number.
    case number(UInt64)
    case bytes(UInt64)
    /// A part of a whole, from 0 to 1.
    case share(Double)
    /// Nanoseconds since 1970.
    case time(Int64)
    /// There is such a thing, and nobody knows what it is. Never 0.
    case unknown
    /// There is no such thing.
    case absent

    /// The number, or that it is not known.
    static func known(_ count: UInt64?) -> Self { count.map(Self.count) ?? .unknown }
    static func optional(_ text: String?) -> Self { text.map(Self.text) ?? .absent }
}
