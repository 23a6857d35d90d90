import GRDB

/// The tables, and how older files become as this version wants them. Docs/Store.md describes each column.
enum Schema {
    /// The newest migration this version knows; a file that knows more is left alone.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            for statement in [sessions, parts, flows, openFlows, journal, gaps, graph, judgements] {
                try database.execute(sql: statement)
            }
        }
        migrator.registerMigration("2") { try $0.execute(sql: inventories) }
        migrator.registerMigration("custody") { try $0.execute(sql: custody) }
        migrator.registerMigration("cases") { try $0.execute(sql: cases) }
        migrator.registerMigration("custody trail") { try $0.execute(sql: trail) }
        return migrator
    }

    private static let sessions = """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY, started INTEGER NOT NULL, heard INTEGER NOT NULL, ended INTEGER, version TEXT NOT NULL
        ) STRICT;
        """

    private static let parts = """
        CREATE TABLE parts (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, since INTEGER NOT NULL, value BLOB NOT NULL
        ) STRICT;
        CREATE TABLE marks (
            id INTEGER PRIMARY KEY, flow INTEGER NOT NULL, open INTEGER NOT NULL, part INTEGER NOT NULL
        ) STRICT;
        """

    static let flowColumns = """
        last INTEGER NOT NULL, first INTEGER NOT NULL, name INTEGER NOT NULL, traits INTEGER NOT NULL,
        protocol INTEGER NOT NULL, application INTEGER NOT NULL,
        source_ip BLOB NOT NULL, source_port INTEGER NOT NULL,
        destination_ip BLOB NOT NULL, destination_port INTEGER NOT NULL,
        source_packets INTEGER NOT NULL, source_bytes INTEGER NOT NULL,
        destination_packets INTEGER NOT NULL, destination_bytes INTEGER NOT NULL,
        source INTEGER, destination INTEGER, scope INTEGER NOT NULL, fields BLOB NOT NULL
        """

    private static let flows = """
        CREATE TABLE flows (id INTEGER PRIMARY KEY, \(flowColumns)) STRICT;
        CREATE INDEX flows_last ON flows (last);
        """

    private static let openFlows = """
        CREATE TABLE open_flows (id INTEGER PRIMARY KEY, \(flowColumns)) STRICT;
        CREATE UNIQUE INDEX open_flows_name ON open_flows (name);
        """

    private static let journal = """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, session INTEGER NOT NULL, line TEXT NOT NULL
        ) STRICT;
        CREATE INDEX journal_time ON journal (time);
        """

    private static let inventories = """
        CREATE TABLE inventories (journal INTEGER PRIMARY KEY, time INTEGER NOT NULL) STRICT;
        """

    private static let gaps = """
        CREATE TABLE gaps (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, since INTEGER, reason TEXT NOT NULL,
            interface TEXT, netns INTEGER, received INTEGER, dropped INTEGER, if_dropped INTEGER, records INTEGER
        ) STRICT;
        CREATE INDEX gaps_time ON gaps (time);
        """

    private static let counts = """
        source_packets INTEGER NOT NULL, source_bytes INTEGER NOT NULL,
        destination_packets INTEGER NOT NULL, destination_bytes INTEGER NOT NULL,
        flows INTEGER NOT NULL, failures INTEGER NOT NULL
        """

    private static let graph = """
        CREATE TABLE endpoints (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, title TEXT, container TEXT,
            addresses TEXT NOT NULL, ambiguous INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            UNIQUE (kind, name)
        ) STRICT;
        CREATE TABLE edges (
            id INTEGER PRIMARY KEY, source INTEGER NOT NULL, destination INTEGER NOT NULL,
            protocol INTEGER NOT NULL, port INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            UNIQUE (source, destination, protocol, port)
        ) STRICT;
        CREATE INDEX edges_destination ON edges (destination);
        CREATE INDEX edges_port ON edges (port);
        CREATE TABLE edge_minutes (
            edge INTEGER NOT NULL, minute INTEGER NOT NULL, \(counts), PRIMARY KEY (edge, minute)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE container_minutes (
            container INTEGER NOT NULL, minute INTEGER NOT NULL, \(counts), PRIMARY KEY (container, minute)
        ) STRICT, WITHOUT ROWID;
        """

    /// Room for what judges and acts.
    private static let judgements = """
        CREATE TABLE alerts (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, rule TEXT NOT NULL, severity INTEGER NOT NULL, record TEXT NOT NULL
        ) STRICT;
        CREATE INDEX alerts_time ON alerts (time);
        CREATE TABLE blocks (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, until INTEGER, removed INTEGER, record TEXT NOT NULL
        ) STRICT;
        CREATE INDEX blocks_time ON blocks (time);
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL, outcome TEXT NOT NULL,
            record TEXT
        ) STRICT;
        CREATE INDEX audit_time ON audit (time);
        """
}
