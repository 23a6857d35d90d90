import Foundation

/// The lines of others' tables that are not ours, as `Docs/Exceptions.md` lists them.
///
/// A heading names the capture in backquotes; below it, in a block of code, `-` stands before a line of its table and `+`
/// before the line we give instead. Fields may be apart by any number of blanks.
struct TableExceptions {
    private var removed: [String: [String]] = [:]
    private var added: [String: [String]] = [:]

    init(_ page: URL) throws {
        var capture = ""
        var isCode = false
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("```") { isCode.toggle() }
            let parts = line.split(separator: "`")
            if line.hasPrefix("## "), parts.count > 1 { capture = String(parts[1]) }
            guard isCode, let mark = line.first, mark == "-" || mark == "+" else { continue }
            let row = line.dropFirst().split(separator: " ").joined(separator: "\t")
            if mark == "-" {
                removed[capture, default: []].append(row)
            } else {
                added[capture, default: []].append(row)
            }
        }
    }

    /// The captures that have any.
    var captures: [String] { Set(removed.keys).union(added.keys).sorted() }

    /// The table as it should be; throws when a line that is not ours does not stand in it.
    func correct(_ table: [String], of capture: String) throws -> [String] {
        var lines = table
        for row in removed[capture] ?? [] {
            guard let index = lines.firstIndex(of: row) else { throw Unlisted(row: row) }
            lines.remove(at: index)
        }
        lines += added[capture] ?? []
        return lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The table has no such line.
    struct Unlisted: Error {
        var row: String
    }
}
