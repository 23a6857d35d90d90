import GRDB

extension Schema {
    /// The chains of digests. Docs/Custody.md.
    static let custody = """
        CREATE TABLE custody_links (
            id INTEGER PRIMARY KEY, strand TEXT NOT NULL, number INTEGER NOT NULL, time INTEGER NOT NULL,
            act INTEGER NOT NULL, place INTEGER NOT NULL, last INTEGER NOT NULL,
            rows BLOB NOT NULL, leaves BLOB NOT NULL, digest BLOB NOT NULL, UNIQUE (strand, number)
        ) STRICT;
        CREATE TABLE custody_heads (
            strand TEXT PRIMARY KEY, number INTEGER NOT NULL, last INTEGER NOT NULL, digest BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// First links and milestones, which stay when the chain is cut; and for each chain that has not begun a head without a link, and
    /// what rows there are from before: a chain that is not there later was taken away.
    static let trail =
        """
        CREATE TABLE custody_trail (
            strand TEXT NOT NULL, number INTEGER NOT NULL, time INTEGER NOT NULL, act INTEGER NOT NULL,
            place INTEGER NOT NULL, last INTEGER NOT NULL, rows BLOB NOT NULL, leaves BLOB NOT NULL,
            previous BLOB NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (strand, number)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO custody_trail SELECT strand, number, time, act, place, last, rows, leaves, zeroblob(32), digest
        FROM custody_links WHERE number = 1 AND act = 0;

        """
        + CoveredTable.allCases.map { table in
            """
            INSERT OR IGNORE INTO custody_heads SELECT '\(table.rawValue)', 0, coalesce((\(table.lastRow)), \(table.noRow)), \
            zeroblob(32);

            """
        }.joined()
}
