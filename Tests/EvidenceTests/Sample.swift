import Addressing
import Containers
import Flows
import Records
import Wire

@testable import Evidence

/// Records in few words. Times are seconds.
enum Sample {
    static let span = ReportSpan(since: time(100), until: time(200))

    static func time(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

    static func tally(_ source: EvidenceSource = .agent(socket: "/run/x.sock", isUsual: false)) -> ReportTally {
        ReportTally(source, span)
    }

    static func container(_ name: String) -> Container {
        var container = Container(key: ContainerKey(identifier: "0123456789ab\(name)", generation: 1))
        container.description.name = name
        return container
    }

    static func identity(_ kind: Identity.Kind, _ name: String? = nil) -> SharedIdentity {
        var identity = Identity(kind: kind, method: .interface, confidence: .certain)
        identity.container = name.map(container)
        return SharedIdentity(identity)
    }

    static func flow(
        _ number: UInt64,
        to destination: String = "10.0.0.2",
        bytes: UInt64 = 100,
        identities: FlowIdentities? = nil
    ) -> FlowRecord {
        let (from, to) = (IPAddress("10.0.0.1"), IPAddress(destination))
        let none = IPAddress.v4(IPv4Address(bits: 0))
        return {
            var record = FlowRecord(
                action: .ended,
                identifier: FlowIdentifier(bits: number),
                first: time(110),
                last: time(120),
                source: FlowRecord.End(
                    FlowTranslation.End(address: from ?? none, port: 40_000),
                    packets: 2,
                    bytes: bytes
                ),
                destination: FlowRecord.End(FlowTranslation.End(address: to ?? none, port: 80), packets: 1, bytes: 50),
                protocolNumber: 6
            )
            record.identities = identities
            return record
        }()
    }

    static func alert(_ rule: String, severity: Int = 70, at seconds: Int64 = 150) -> AlertRecord {
        AlertRecord(
            rule: rule,
            name: rule,
            category: rule,
            severity: severity,
            time: time(seconds),
            source: AlertRecord.End(IPAddress.v4(IPv4Address(bits: 1))),
            message: "somebody did \(rule)"
        )
    }

    static func vxlan(_ identifier: UInt32) -> Tunnel {
        var stack = TunnelStack()
        stack.push(.vxlan)
        return Tunnel(
            stack: stack,
            identifier: identifier,
            source: IPAddress("192.0.2.1"),
            destination: IPAddress("192.0.2.2"),
            destinationPort: 4789
        )
    }
}

extension Report {
    func rows(_ topic: ReportTopic, _ table: String = "totals") -> [ReportRow] {
        sections.first { $0.topic == topic }?.tables.first { $0.name == table }?.rows ?? []
    }

    /// What a total says; nil where there is none of these words.
    func total(_ topic: ReportTopic, _ words: String) -> ReportCell? {
        rows(topic).first { $0.cells.first == .text(words) }?.cells.last
    }
}

extension ReportTally {
    var made: Report { report(made: Sample.time(300), version: "test", hostName: nil) }
}
