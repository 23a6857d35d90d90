import Addressing
import Containers

/// From a line of JSON, such as an agent's answer or a row of its database.
extension CaseRecord {
    /// Reads a case; nil for a record of another kind.
    package init?(reading line: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: line)
        let event = try fields.object("event")
        guard let action = try event.optional("action", String.init(json:)).flatMap(Action.init) else { return nil }
        let told = try fields.object("portolan").object("case")
        self.init(
            try told.required("id", UInt64.init(json:)),
            try fields.container(),
            from: try event.required("start", Timestamp.init(json:)),
            opened: try told.required("opened", Timestamp.init(json:))
        )
        self.action = action
        time = try fields.required("@timestamp", Timestamp.init(json:))
        ended = try event.optional("end", Timestamp.init(json:))
        released = try told.optional("released", Timestamp.init(json:))
        releasedBy = try told.optional("released_by", String.init(json:))
        for text in try fields.object("host").optional("ip", [String].init(json:)) ?? [] {
            if let address = IPAddress(text) { add(address) }
        }
        alerts = try told.required("alerts", UInt64.init(json:))
        let worst = try told.object("worst")
        self.worst.severity = try worst.required("severity") { Int(json: $0).flatMap { 0...100 ~= $0 ? $0 : nil } }
        self.worst.rule = try worst.required("rule", String.init(json:))
        self.worst.message = try worst.required("message", String.init(json:))
        connections = try told.optional("connections", UInt64.init(json:))
        kept = try Self.kept(try told.object("kept"))
        if told["seen"] != nil {
            let fields = try told.object("seen")
            var seen = Seen()
            seen.flows = try fields.required("flows", UInt64.init(json:))
            seen.peers = try fields.required("peers", UInt64.init(json:))
            seen.isCut = try fields.required("cut", Bool.init(json:))
            self.seen = seen
        }
        if told["recording"] != nil { packets = try Self.packets(try told.object("recording")) }
    }

    private static func kept(_ fields: JournalFields) throws(JournalError.Reason) -> Kept {
        var kept = Kept()
        kept.rows = try fields.required("rows", UInt64.init(json:))
        kept.flows = try fields.required("flows", UInt64.init(json:))
        kept.bytes = try fields.required("bytes", UInt64.init(json:))
        kept.ofAll = try fields.optional("shared", UInt64.init(json:)) ?? 0
        kept.missing = try fields.required("missing", UInt64.init(json:))
        kept.missingSince = try fields.optional("missing_since", Timestamp.init(json:))
        return kept
    }

    private static func packets(_ fields: JournalFields) throws(JournalError.Reason) -> Packets {
        Packets(
            files: try fields.required("files", Int.init(json:)),
            bytes: try fields.required("bytes", UInt64.init(json:)),
            path: try fields.required("path", String.init(json:)),
            names: try fields.optional("names", [String].init(json:)) ?? []
        )
    }
}
