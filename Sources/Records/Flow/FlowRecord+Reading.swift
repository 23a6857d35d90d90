import Addressing
import Containers
import Flows
import Wire

/// From a line of JSON, such as an agent's answer.
extension FlowRecord {
    /// Reads a flow record; nil for a record of another kind.
    ///
    /// Of what its bytes said of the application the DNS question is read, and `tls`, `http` and the like are not, and neither is
    /// what is derived, such as `network.community_id`.
    package init?(reading line: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: line)
        guard let word = fields.flowAction else { return nil }
        let network = try fields.object("network")
        let event = try fields.object("event")
        let flow = try fields.object("flow")
        self.init(
            action: word,
            identifier: try flow.required("id", FlowIdentifier.init(json:)),
            first: try event.required("start", Timestamp.init(json:)),
            last: try event.required("end", Timestamp.init(json:)),
            source: try Self.end(try fields.object("source")),
            destination: try Self.end(try fields.object("destination")),
            protocolNumber: try network.required("iana_number", UInt8.init(json:)),
            scope: try Self.scope(fields)
        )
        state = try flow.optional("state") { String(json: $0).flatMap(State.init) } ?? .new
        endReason = try flow.optional("end_reason") { String(json: $0).flatMap(Flow.EndReason.init) }
        joinedTo = try flow.optional("joined_to", FlowIdentifier.init(json:))
        twin = try flow.optional("twin", FlowIdentifier.init(json:))
        let connection = try fields.object("zeek").object("connection")
        connectionState = try connection.optional("state") { String(json: $0).flatMap(ConnectionState.init) } ?? .oth
        history = try connection.optional("history", String.init(json:)) ?? ""
        beganWithResponder = history.hasPrefix("^")
        if let word = try network.optional("protocol", String.init(json:)) {
            application = ApplicationProtocol.allCases.first { $0.description == word } ?? .unknown
        }
        if fields["icmp"] != nil {
            let message = try fields.object("icmp")
            icmp = ICMP(
                type: try message.required("type", UInt8.init(json:)),
                code: try message.required("code", UInt8.init(json:))
            )
        }
        if fields["tunnel"] != nil { try readTunnel(try fields.object("tunnel")) }
        if fields["dns"] != nil { details = try Self.question(try fields.object("dns")) }
        path = try fields.object("observer").list("path", Self.place) ?? []
        identities = try Self.identities(fields)
        relay = try Self.relay(fields)
    }

    private static func end(_ fields: JournalFields) throws(JournalError.Reason) -> End {
        var end = End(
            FlowTranslation.End(
                address: try fields.required("ip", IPAddress.init(json:)),
                port: try fields.optional("port", UInt16.init(json:)) ?? 0
            ),
            mac: try fields.optional("mac", MACAddress.init(json:)) ?? MACAddress(bits: 0),
            packets: try fields.optional("packets", UInt64.init(json:)) ?? 0,
            bytes: try fields.optional("bytes", UInt64.init(json:)) ?? 0
        )
        end.domain = try fields.optional("domain", String.init(json:))
        if fields["nat"] != nil {
            let nat = try fields.object("nat")
            end.nat = FlowTranslation.End(
                address: try nat.required("ip", IPAddress.init(json:)),
                port: try nat.optional("port", UInt16.init(json:)) ?? 0
            )
        }
        return end
    }

    private static func scope(_ fields: JournalFields) throws(JournalError.Reason) -> Scope.Name {
        let network = try fields.object("network")
        let outer = try network.object("vlan").optional("id", UInt32.init(json:))
        let inner = try network.object("inner").object("vlan").optional("id", UInt32.init(json:))
        let word = inner.map { (outer ?? 0) << 12 | $0 } ?? outer ?? 0
        guard let segment = try fields.object("segment").optional("id", UInt32.init(json:)) else { return .bare }
        if fields["tunnel"] == nil, word != 0, segment == word { return .vlan(word) }
        return .segment(identifier: segment, vlan: word)
    }

    private mutating func readTunnel(_ fields: JournalFields) throws(JournalError.Reason) {
        var stack = TunnelStack()
        let innermost = try fields.optional("type", String.init(json:))
        for word in try fields.optional("stack", [String].init(json:)) ?? [innermost].compactMap({ $0 }) {
            guard let kind = TunnelKind.allCases.first(where: { $0.description == word }), !stack.isFull else {
                continue
            }
            stack.push(kind)
        }
        let (source, destination) = (try fields.object("source"), try fields.object("destination"))
        tunnel = Tunnel(
            stack: stack,
            identifier: try fields.optional("id", UInt32.init(json:)) ?? 0,
            source: try source.optional("ip", IPAddress.init(json:)),
            destination: try destination.optional("ip", IPAddress.init(json:)),
            destinationPort: try destination.optional("port", UInt16.init(json:)) ?? 0
        )
        tunnelPort = try source.optional("port", UInt16.init(json:)) ?? 0
    }

    private static func question(_ fields: JournalFields) throws(JournalError.Reason) -> ApplicationDetails {
        let question = try fields.object("question")
        var details = ApplicationDetails()
        details.dnsQuestionName = try question.optional("name", String.init(json:))
        details.dnsQuestionType = try question.optional("type", String.init(json:)).flatMap(DNSRecordType.init(word:))
        details.dnsResponseCode = try fields.optional("response_code", String.init(json:))
            .flatMap(DNSResponseCode.init(word:))
        return details
    }

    private static func place(_ fields: JournalFields) throws(JournalError.Reason) -> Place {
        Place(
            point: ObservationPoint(
                interface: try fields.optional("interface", String.init(json:)),
                interfaceIndex: try fields.optional("ifindex", UInt32.init(json:)),
                namespace: try fields.optional("netns", UInt64.init(json:))
            ),
            packets: try fields.optional("packets", UInt64.init(json:)) ?? 0,
            bytes: try fields.optional("bytes", UInt64.init(json:)) ?? 0,
            isTranslated: try fields.optional("translated", Bool.init(json:)) ?? false
        )
    }
}

extension FlowRecord {
    private static func identities(_ fields: JournalFields) throws(JournalError.Reason) -> FlowIdentities? {
        let (source, destination) = (try fields.object("source"), try fields.object("destination"))
        guard source["identity"] != nil, destination["identity"] != nil else { return nil }
        let host = try source.object("host").optional("name", String.init(json:))
        let otherHost = try destination.object("host").optional("name", String.init(json:))
        var first = try identity(source)
        first.bridgeName = try fields.object("segment").optional("name", String.init(json:))
        return FlowIdentities(
            source: SharedIdentity(first),
            destination: SharedIdentity(try identity(destination)),
            hostName: host ?? otherHost
        )
    }

    private static func identity(_ end: JournalFields) throws(JournalError.Reason) -> Identity {
        let fields = try end.object("identity")
        var identity = Identity(
            kind: try fields.required("kind") { String(json: $0).flatMap(Identity.Kind.init) },
            method: try fields.optional("method") { String(json: $0).flatMap(Identity.Method.init) },
            confidence: try fields.required("confidence") { String(json: $0).flatMap(Identity.Confidence.init) }
        )
        if end["container"] != nil { identity.container = try end.container() }
        identity.process = try end.process()
        // Of candidates only identifiers are told.
        identity.candidates = try (fields.optional("candidates", [String].init(json:)) ?? [])
            .map { ContainerKey(identifier: $0, generation: 0) }
        identity.isForged = try fields.optional("forged", Bool.init(json:)) ?? false
        identity.endpoint = try fields.optional("endpoint", IPAddress.init(json:))
        return identity
    }

    private static func relay(_ fields: JournalFields) throws(JournalError.Reason) -> FlowRelay? {
        let names = try fields.object("flow").object("relay")
        let on = try names.optional("to", FlowIdentifier.init(json:))
        let back = try names.optional("from", FlowIdentifier.init(json:))
        guard let flow = on ?? back else { return nil }
        let end = try fields.object(on == nil ? "source" : "destination").object("relay")
        return FlowRelay(
            on == nil ? .from : .to,
            flow,
            address: try end.required("ip", IPAddress.init(json:)),
            port: try end.optional("port", UInt16.init(json:)) ?? 0,
            identity: try identity(end)
        )
    }
}

extension FlowIdentifier {
    /// Sixteen hexadecimal digits.
    init?(json: JSONValue) {
        guard case .string(let text) = json, text.utf8.count == 16, let bits = UInt64(text, radix: 16) else {
            return nil
        }
        self.init(bits: bits)
    }
}

extension JournalFields {
    /// Nil for other records.
    fileprivate var flowAction: FlowAction? {
        guard case .object(let event)? = self["event"], case .string(let text)? = event["action"] else { return nil }
        return FlowAction(rawValue: text)
    }
}
