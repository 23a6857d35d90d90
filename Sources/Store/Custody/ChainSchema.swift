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
}
