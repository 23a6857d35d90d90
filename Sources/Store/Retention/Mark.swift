import GRDB

/// Says that flows from a row on refer to parts from a number on, so that older parts can go with the last flow before it.
///
/// Numbers of parts are never used twice. A flow that is under way may have been written some minutes before a mark and be told as
/// over after it; so parts go one mark later than they could.
enum Mark {
    static func set(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO marks (flow, open, part) VALUES
                ((SELECT coalesce(max(id), 0) + 1 FROM flows), (SELECT coalesce(max(id), 0) + 1 FROM open_flows),
                (SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'parts'))
                """
        )
    }

    /// Parts that go at a time.
    private static var step: Int { 8192 }

    static func forgetParts(_ database: Database, _ chain: ChainWriter) throws {
        // Without flows nobody refers to parts but what is under way.
        let passed = try Row.fetchAll(
            database,
            sql: """
                SELECT id, part FROM marks
                WHERE flow <= (SELECT coalesce(min(id), 9223372036854775807) FROM flows)
                AND open <= (SELECT coalesce(min(id), 9223372036854775807) FROM open_flows) ORDER BY id DESC LIMIT 2
                """
        )
        guard passed.count == 2 else { return }
        let part: Int64 = passed[1]["part"]
        let mark: Int64 = passed[1]["id"]
        let gone = try Int64.fetchAll(
            database,
            sql:
                "DELETE FROM parts WHERE id IN (SELECT id FROM parts WHERE id < ? ORDER BY id LIMIT \(step)) RETURNING id",
            arguments: [part]
        )
        try chain.forgot(gone, of: .parts)
        try database.execute(sql: "DELETE FROM marks WHERE id < ?", arguments: [mark])
    }
}
