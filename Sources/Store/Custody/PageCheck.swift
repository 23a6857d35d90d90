import GRDB

/// Has SQLite look whether pages, indexes and types of what is stored hold together. https://sqlite.org/pragma.html#pragma_integrity_check
enum PageCheck {
    /// Findings that are told.
    private static var limit: Int { 20 }

    static func run(_ database: Database, _ answer: inout CustodyAnswer) throws {
        let lines = try String.fetchAll(database, sql: "PRAGMA integrity_check(\(limit))")
        guard lines != ["ok"] else { return }
        for line in lines.prefix(limit) {
            answer.add(CustodyFinding(.altered, "pages", .structure(line)))
        }
    }
}
