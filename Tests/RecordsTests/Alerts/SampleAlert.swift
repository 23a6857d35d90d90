import Addressing
import Containers
import Flows

@testable import Records

/// Alerts, in few words.
enum SampleAlert {
    static func record(_ rule: String = "scan.vertical", severity: Int = 70, category: String = "scan") -> AlertRecord {
        var container = Container(key: ContainerKey(identifier: "0123abcd", generation: 2))
        container.namespace = NetworkNamespace(inode: 4_026_532_000)
        container.description.name = "we\u{1b}[31mb"
        container.description.image = "shop/web:1"
        container.description.labels = ["tier": "a\"b"]
        let source = AlertRecord.End(
            .v4(IPv4Address(bits: 0x0a4d_0001)),
            kind: .container,
            confidence: .likely,
            container: container
        )
        var record = AlertRecord(
            rule: rule,
            name: "Ports of one host tried",
            category: category,
            technique: "T1046",
            severity: severity,
            time: Timestamp(nanoseconds: 2_500_000_001),
            source: source,
            message: "we\u{1b}[31mb tries \"ports\" of 10.77.0.2"
        )
        record.destination = AlertRecord.End(.v4(IPv4Address(bits: 0x0a4d_0002)))
        record.first = Timestamp(nanoseconds: 1_500_000_000)
        record.last = Timestamp(nanoseconds: 2_500_000_000)
        record.count = 15
        record.evidence = [FlowIdentifier(bits: 0x0123_4567_89ab_cdef), FlowIdentifier(bits: 7)]
        return record
    }
}
