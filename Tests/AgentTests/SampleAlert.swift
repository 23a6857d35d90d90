import Addressing
import Containers
import Flows
import Records

/// Alerts, in few words.
enum SampleAlert {
    static func record(
        _ number: UInt64,
        at second: Int64,
        _ rule: String = "scan.vertical",
        severity: Int = 70
    ) -> AlertRecord {
        var container = Container(key: ContainerKey(identifier: "0123abcd", generation: 1))
        container.description.name = "web"
        // Known here, and not told.
        container.process = 42
        let source = AlertRecord.End(
            .v4(IPv4Address(bits: 0x0a00_0001)),
            kind: .container,
            confidence: .certain,
            container: container
        )
        var record = AlertRecord(
            rule: rule,
            name: "What \(rule) is called",
            category: String(rule.prefix { $0 != "." }),
            technique: "T1046",
            severity: severity,
            time: Timestamp(nanoseconds: second * 1_000_000_000 + Int64(number)),
            source: source,
            message: "we\u{1b}[31mb does it"
        )
        record.evidence = [FlowIdentifier(bits: number)]
        return record
    }

    /// The flows that alerts on lines name, as numbers.
    static func numbers(_ lines: [String]) -> [UInt64] {
        lines.flatMap { line in
            let bytes = Array(line.utf8)
            let record = try? AlertRecord(reading: bytes.span)
            return record?.evidence.map(\.bits) ?? []
        }
    }
}
