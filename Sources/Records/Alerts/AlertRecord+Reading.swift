import Addressing
import Containers
import Detection
import Flows

/// From a line of JSON, such as an agent's answer or a row of its database.
extension AlertRecord {
    /// Reads an alert; nil for a record of another kind.
    ///
    /// A rule or a technique that this version does not know is kept as it is. Of a container what a record tells of it is read, which is
    /// not all that a journal knows.
    package init?(reading line: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: line)
        guard fields.isAlert else { return nil }
        let event = try fields.object("event")
        let rule = try fields.object("rule")
        let portolan = try fields.object("portolan")
        self.rule = try rule.required("id", Self.name(json:))
        name = try rule.required("name", String.init(json:))
        category = try rule.required("category", Self.name(json:))
        technique = try fields.object("threat").object("technique").optional("id", String.init(json:)) ?? ""
        severity = try event.required("severity") { Int(json: $0).flatMap { 0...100 ~= $0 ? $0 : nil } }
        time = try fields.required("@timestamp", Timestamp.init(json:))
        source = try Self.end(try fields.object("source"))
        let destination = try Self.end(try fields.object("destination"))
        // Where nothing is said of it there is none.
        self.destination = destination == End(.v4(IPv4Address(bits: 0))) ? nil : destination
        first = try event.required("start", Timestamp.init(json:))
        last = try event.required("end", Timestamp.init(json:))
        message = try fields.required("message", String.init(json:))
        count = try portolan.required("count") { Int(json: $0).flatMap { $0 >= 0 ? $0 : nil } }
        isOfMany = try portolan.optional("of_many", Bool.init(json:)) ?? false
        loss = try fields.object("capture").optional("loss_ratio", Self.share(json:))
        evidence = try portolan.optional("evidence", [FlowIdentifier].init(json:)) ?? []
    }

    /// Text that names something, and is not empty.
    private static func name(json: JSONValue) -> String? {
        String(json: json).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func share(json: JSONValue) -> Double? {
        switch json {
        case .fraction(let number): share(number)
        case .integer(0): 0
        case .integer(1): 1
        default: nil
        }
    }

    private static func end(_ fields: JournalFields) throws(JournalError.Reason) -> End {
        // Of a container no address may be in question.
        var end = End(try fields.optional("ip", IPAddress.init(json:)) ?? .v4(IPv4Address(bits: 0)))
        if fields["container"] != nil { end.container = try fields.container() }
        if fields["identity"] != nil {
            let identity = try fields.object("identity")
            end.kind = try identity.required("kind") { String(json: $0).flatMap(Identity.Kind.init) }
            end.confidence = try identity.required("confidence") { String(json: $0).flatMap(Identity.Confidence.init) }
            // Nobody can be sure of what he does not know.
            if end.kind == .unknown { end.confidence = .unknown }
        }
        return end
    }
}

extension [FlowIdentifier] {
    /// The last of what is too much: more was never written.
    fileprivate init?(json: JSONValue) {
        guard case .array(let elements) = json else { return nil }
        self = []
        for element in elements.suffix(Alert.evidenceLimit) {
            guard let flow = FlowIdentifier(json: element) else { return nil }
            append(flow)
        }
    }
}

extension JournalFields {
    fileprivate var isAlert: Bool {
        guard case .object(let event)? = self["event"], case .string(let text)? = event["kind"] else { return false }
        return text == "alert"
    }
}
