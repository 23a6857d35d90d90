import GRDB

/// Compares what tables, indexes, views and triggers there are with those that this program makes: an index that is another answers
/// otherwise, and a view may stand where a table was.
enum SchemaCheck {
    private struct Entry: Hashable {
        var kind: String
        var name: String
        var table: String
        var sql: String?
    }

    /// Adds what it finds, and returns the names of all that is not as this program makes it.
    static func run(_ database: Database, _ answer: inout CustodyAnswer) throws -> Set<String> {
        let known = try Schema.migrator.appliedIdentifiers(database)
        let last = Schema.migrator.migrations.last { known.contains($0) }
        // Otherwise an older version made it, and no agent of this one opened it yet.
        let expected = try last == Schema.migrator.migrations.last ? newest.get() : made(upTo: last)
        let found = try entries(database)
        var others: Set<String> = []
        for name in Set(expected.keys).union(found.keys).sorted() where expected[name] != found[name] {
            let kind: CustodyFinding.Kind =
                expected[name] == nil ? .added : found[name] == nil ? .removed : .altered
            let what = found[name]?.kind ?? expected[name]?.kind ?? ""
            answer.add(CustodyFinding(kind, "schema", .structure("\(what) \(name)")))
            others.insert(name)
        }
        return others
    }

    private static let newest = Result { try made(upTo: Schema.migrator.migrations.last) }

    private static func made(upTo last: String?) throws -> [String: Entry] {
        let model = try DatabaseQueue()
        if let last { try Schema.migrator.migrate(model, upTo: last) }
        return try model.read { try entries($0) }
    }

    /// By name, without statistics, which somebody may have had SQLite gather. The table that says which migrations there were is GRDB's.
    private static func entries(_ database: Database) throws -> [String: Entry] {
        let rows = try Row.fetchCursor(
            database,
            sql:
                "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' LIMIT 10000"
        )
        var entries: [String: Entry] = [:]
        while let row = try rows.next() {
            let entry = Entry(kind: row[0] ?? "", name: row[1] ?? "", table: row[2] ?? "", sql: row[3])
            entries[entry.name] = entry
        }
        return entries
    }
}
