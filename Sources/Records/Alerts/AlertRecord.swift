package import Addressing
package import Containers
package import Detection
package import Flows

/// An alert as it is told, kept and shown: a value apart from whoever found it.
package struct AlertRecord: Hashable, Sendable {
    /// `scan.vertical`: one that this version does not know may come from an agent or a database of another.
    package var rule: String
    /// What people call the rule, its category and its technique of ATT&CK.
    package var name: String
    package var category: String
    package var technique: String
    /// 0 to 100.
    package var severity: Int
    /// When it was found.
    package var time: Timestamp
    package var source: End
    /// Whether many do it, of whom `source` is one.
    package var isOfMany: Bool
    package var destination: End?
    package var first: Timestamp
    package var last: Timestamp
    package var count: Int
    package var evidence: [FlowIdentifier]
    /// The share of packets that were lost while it was seen, from 0 to 1 in steps of a millionth; nil is not known.
    package var loss: Double? { didSet { loss = loss.flatMap(Self.share) } }
    /// One sentence. Names in it come from outside.
    package var message: String

    /// Who it is about.
    package struct End: Hashable, Sendable {
        /// The unspecified one where none is in question.
        package var address: IPAddress
        package var kind: Identity.Kind
        package var confidence: Identity.Confidence
        package var container: Container?

        package init(
            _ address: IPAddress,
            kind: Identity.Kind = .unknown,
            confidence: Identity.Confidence = .unknown,
            container: Container? = nil
        ) {
            self.address = address
            self.kind = kind
            self.confidence = confidence
            self.container = container
        }
    }

    /// Something that was seen once, without evidence.
    package init(
        rule: String,
        name: String,
        category: String,
        technique: String = "",
        severity: Int,
        time: Timestamp,
        source: End,
        message: String
    ) {
        self.rule = rule
        self.name = name
        self.category = category
        self.technique = technique
        self.severity = severity
        self.time = time
        self.source = source
        self.message = message
        isOfMany = false
        first = time
        last = time
        count = 1
        evidence = []
    }

    package init(_ alert: Alert) {
        rule = alert.rule.rawValue
        name = alert.rule.name
        category = alert.rule.category
        technique = alert.rule.technique
        severity = min(max(alert.severity, 0), 100)
        time = alert.time
        source = End(alert.source)
        isOfMany = alert.isOfMany
        destination = alert.destination.map { End($0) }
        first = alert.first
        last = alert.last
        count = max(alert.count, 0)
        evidence = alert.evidence
        loss = alert.loss.flatMap(Self.share)
        message = alert.message
    }

    /// A share as it is told; nil when it is none.
    static func share(_ number: Double) -> Double? {
        guard number >= 0, number <= 1 else { return nil }
        return (number * 1_000_000).rounded() / 1_000_000
    }

    /// Identifiers of all rules that this version has.
    package static var rules: [String] { Rule.allCases.map(\.rawValue) }

    /// The record as one JSON object on a line, with the line's end: what `init(reading:)` reads.
    package var line: [UInt8] {
        var lines = JSONRecordLines(json: JSONBuffer(capacity: 1024), resolvesNames: true)
        lines.write(self)
        return lines.json.bytes
    }
}

extension AlertRecord.End {
    init(_ party: Party) {
        self.init(party.address, kind: party.kind, confidence: party.confidence, container: party.container)
    }
}
