/// Tables of what is kept past its time. A row there has the number that it had where it was.
extension Schema {
    static let cases = """
        CREATE TABLE cases (
            id INTEGER PRIMARY KEY, container TEXT NOT NULL, opened INTEGER NOT NULL, ended INTEGER, released INTEGER,
            journal INTEGER NOT NULL, record TEXT NOT NULL
        ) STRICT;
        CREATE TABLE case_flows (id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, \(flowColumns)) STRICT;
        CREATE INDEX case_flows_last ON case_flows (last);
        CREATE INDEX case_flows_case ON case_flows (case_id);
        CREATE TABLE case_journal (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, time INTEGER NOT NULL, session INTEGER NOT NULL,
            line TEXT NOT NULL
        ) STRICT;
        CREATE INDEX case_journal_time ON case_journal (time);
        CREATE INDEX case_journal_case ON case_journal (case_id);
        CREATE TABLE case_gaps (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, time INTEGER NOT NULL, since INTEGER, reason TEXT NOT NULL,
            interface TEXT, netns INTEGER, received INTEGER, dropped INTEGER, if_dropped INTEGER, records INTEGER
        ) STRICT;
        CREATE INDEX case_gaps_time ON case_gaps (time);
        CREATE INDEX case_gaps_case ON case_gaps (case_id);
        CREATE TABLE case_alerts (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, time INTEGER NOT NULL, rule TEXT NOT NULL,
            severity INTEGER NOT NULL, record TEXT NOT NULL
        ) STRICT;
        CREATE INDEX case_alerts_time ON case_alerts (time);
        CREATE INDEX case_alerts_case ON case_alerts (case_id);
        CREATE TABLE case_blocks (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, time INTEGER NOT NULL, until INTEGER, removed INTEGER,
            record TEXT NOT NULL
        ) STRICT;
        CREATE INDEX case_blocks_case ON case_blocks (case_id);
        CREATE TABLE case_parts (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, part INTEGER NOT NULL, kind INTEGER NOT NULL,
            since INTEGER NOT NULL, value BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX case_parts_part ON case_parts (part, case_id);
        CREATE INDEX case_parts_case ON case_parts (case_id);
        """
}
