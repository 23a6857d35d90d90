import Addressing
import Containers
import Enforcement
import Policy

/// From a line of JSON, such as an agent's answer or a row of its database.
extension BlockRecord {
    /// Reads a block; nil for a record of another kind.
    package init?(reading line: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: line)
        let event = try fields.object("event")
        guard let action = try event.optional("action", String.init(json:)).flatMap(Action.init) else { return nil }
        let told = try fields.object("portolan").object("block")
        let order = BlockOrder(
            try Self.subject(try told.object("who")),
            try Self.target(try told.object("what"), of: try told.object("who")),
            options: try told.optional("options") { [String](json: $0).flatMap { BlockOptions(words: $0) } } ?? [],
            reason: try told.required("reason", String.init(json:)),
            author: try Self.author(try told.object("author"))
        )
        let block = Block(
            identifier: BlockIdentifier(try told.optional("id", UInt64.init(json:)) ?? 0),
            order: order,
            from: try event.required("start", Timestamp.init(json:)),
            until: try told.optional("until", Timestamp.init(json:))
        )
        let state = try told.required("state") { String(json: $0).flatMap(State.init) }
        self.init(action, block, state: state, at: try fields.required("@timestamp", Timestamp.init(json:)))
        stopped = StoppedTraffic(
            packets: try told.required("packets", UInt64.init(json:)),
            bytes: try told.required("bytes", UInt64.init(json:))
        )
        let source = try fields.object("source")
        if source["container"] != nil { container = try source.container() }
        ended = try event.optional("end", Timestamp.init(json:))
        endedBy = try told.optional("ended_by", String.init(json:))
        message = try fields.optional("message", String.init(json:))
    }

    private typealias Reason = JournalError.Reason

    private static func subject(_ who: JournalFields) throws(Reason) -> BlockSubject {
        if who["container"] != nil { return .container(try key(who)) }
        if let address = try who.optional("ip", IPAddress.init(json:)) { return .address(address) }
        let selector: Selector = try who.required("selector") { value in
            guard let words = [String](json: value) else { return nil }
            var selector = Selector()
            for word in words where !SelectorWords.add(word, to: &selector) { return nil }
            return selector.isEmpty ? nil : selector
        }
        return .selector(selector)
    }

    private static func key(_ who: JournalFields) throws(Reason) -> ContainerKey {
        ContainerKey(
            identifier: try who.required("container", String.init(json:)),
            generation: try who.required("generation", UInt32.init(json:))
        )
    }

    private static func target(_ what: JournalFields, of who: JournalFields) throws(Reason) -> BlockTarget {
        if try what.optional("quarantine", Bool.init(json:)) == true {
            return .everything(allowing: try what.optional("allow", [IPPrefix].init(json:)) ?? [])
        }
        var traffic = Traffic(protocolNumber: try what.optional("protocol", UInt8.init(json:)))
        traffic.ports = try what.optional("ports", [ClosedRange<UInt16>].init(json:)) ?? []
        if let name = try what.optional("domain", String.init(json:)) {
            let addresses = try what.required("addresses") { value -> [IPAddress]? in
                [String](json: value).map { $0.compactMap { IPAddress($0) } }
            }
            return .traffic(.domain(DomainAnswer(name: name, addresses: addresses, asker: try key(who))), traffic)
        }
        let to = try what.optional("to") { String(json: $0).flatMap { IPPrefix($0) } }
        return .traffic(to.map { .prefix($0) } ?? .anyone, traffic)
    }

    private static func author(_ author: JournalFields) throws(Reason) -> BlockAuthor {
        if let user = try author.optional("uid", UInt32.init(json:)) {
            return .person(userIdentifier: user, name: try author.optional("name", String.init(json:)) ?? "")
        }
        guard let rule = try author.optional("rule", String.init(json:)) else { return .course }
        return .rule(rule, alert: try author.optional("alert", String.init(json:)) ?? "")
    }
}

extension [IPPrefix] {
    fileprivate init?(json: JSONValue) {
        guard let words = [String](json: json) else { return nil }
        self = words.compactMap { IPPrefix($0) }
        if count != words.count { return nil }
    }
}

extension [ClosedRange<UInt16>] {
    fileprivate init?(json: JSONValue) {
        guard let words = [String](json: json) else { return nil }
        self = words.compactMap { PortWords.range($0) }
        if count != words.count { return nil }
    }
}
