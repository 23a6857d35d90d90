package import Addressing

/// What somebody has in hand at a time: which files, with their SHA-256, and how far the chains of a database go.
package struct Manifest {
    package struct File {
        package enum Role: String { case input, policy, result }
        package var path: String
        package var role: Role
        package var size: UInt64
        /// SHA-256, as digits.
        package var digest: String

        package init(path: String, role: Role, size: UInt64, digest: String) {
            (self.path, self.role, self.size, self.digest) = (path, role, size, digest)
        }
    }

    package struct Strand {
        package var table: String
        package var number: Int64
        package var digest: String
        package var rows: UInt64
        /// The last link that is kept for ever, and its digest, when the chain may be cut beyond `number`; nil where there was none.
        package var milestone: (number: Int64, digest: String)?

        package init(
            table: String,
            number: Int64,
            digest: String,
            rows: UInt64,
            milestone: (number: Int64, digest: String)? = nil
        ) {
            (self.table, self.number, self.digest, self.rows) = (table, number, digest, rows)
            self.milestone = milestone
        }
    }

    package struct Database {
        package var path: String
        /// What tells it from others, as digits.
        package var identity: String
        /// Findings there were when it was signed.
        package var findings: UInt64
        package var strands: [Strand]

        package init(path: String, identity: String, findings: UInt64, strands: [Strand]) {
            (self.path, self.identity, self.findings, self.strands) = (path, identity, findings, strands)
        }
    }

    package var time: Timestamp
    /// Of the program.
    package var version: String
    package var database: Database?
    package var files: [File] = []

    package init(time: Timestamp, version: String) {
        self.time = time
        self.version = version
    }

    /// Files, and bytes of a manifest, that there may be.
    package static var limit: Int { 16 << 20 }

    /// One object, a line.
    package var bytes: [UInt8] {
        var json = JSONBuffer()
        json.beginLine()
        json.pair("@timestamp", time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.pair("action", "custody_manifest")
        json.end(event)
        let ours = json.beginObject("portolan")
        json.pair("version", version)
        let manifest = json.beginObject("manifest")
        json.pair("format", 1)
        if let database { Self.write(database, &json) }
        json.key("files")
        json.value(list: files) { json, file in
            let object = json.beginElement()
            json.pair("path", file.path)
            json.pair("role", file.role.rawValue)
            json.pair("size", file.size)
            json.pair("sha256", file.digest)
            json.end(object)
        }
        json.end(manifest)
        json.end(ours)
        json.endLine()
        return json.bytes
    }

    private static func write(_ database: Database, _ json: inout JSONBuffer) {
        let object = json.beginObject("database")
        json.pair("path", database.path)
        json.pair("identity", database.identity)
        json.pair("findings", database.findings)
        json.key("chains")
        json.value(list: database.strands) { json, strand in
            let object = json.beginElement()
            json.pair("table", strand.table)
            json.pair("link", strand.number)
            json.pair("digest", strand.digest)
            json.pair("rows", strand.rows)
            json.pair("milestone", strand.milestone?.number)
            json.pair("milestone_digest", strand.milestone?.digest)
            json.end(object)
        }
        json.end(object)
    }
}
