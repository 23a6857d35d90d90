import Addressing

extension Manifest {
    /// Nil when the bytes are no manifest that this version knows.
    package init?(_ bytes: Span<UInt8>) {
        guard let root = try? JSONReader.read(bytes),
            let time = root["@timestamp"]?.text.flatMap({ Timestamp(text: $0) }),
            let ours = root["portolan"], let version = ours["version"]?.text, let manifest = ours["manifest"],
            manifest["format"]?.number == 1, let files = manifest["files"]?.list
        else { return nil }
        self.init(time: time, version: version)
        for file in files {
            guard let path = file["path"]?.text, let role = (file["role"]?.text).flatMap(File.Role.init(rawValue:)),
                let size = file["size"]?.number.flatMap({ UInt64(exactly: $0) }), let digest = file["sha256"]?.text
            else { return nil }
            self.files.append(File(path: path, role: role, size: size, digest: digest))
        }
        guard let object = manifest["database"] else { return }
        guard let path = object["path"]?.text, let identity = object["identity"]?.text,
            let findings = object["findings"]?.number.flatMap({ UInt64(exactly: $0) }),
            let chains = object["chains"]?.list
        else { return nil }
        var database = Database(path: path, identity: identity, findings: findings, strands: [])
        for chain in chains {
            guard let table = chain["table"]?.text, let number = chain["link"]?.number.flatMap({ Int64(exactly: $0) }),
                let digest = chain["digest"]?.text, let rows = chain["rows"]?.number.flatMap({ UInt64(exactly: $0) })
            else { return nil }
            var strand = Strand(table: table, number: number, digest: digest, rows: rows)
            if let place = chain["milestone"]?.number.flatMap({ Int64(exactly: $0) }),
                let digest = chain["milestone_digest"]?.text
            {
                strand.milestone = (place, digest)
            }
            database.strands.append(strand)
        }
        self.database = database
    }
}

extension JSONValue {
    fileprivate subscript(key: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields[key]
    }

    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    fileprivate var number: Int128? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    fileprivate var list: [JSONValue]? {
        guard case .array(let list) = self else { return nil }
        return list
    }
}
