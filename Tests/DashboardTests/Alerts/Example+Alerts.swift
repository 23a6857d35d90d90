import Addressing
import Containers
import Flows
import Graph
import Records

@testable import Dashboard

extension Example {
    /// Alerts of every severity, the newest last; those about scans are of the capture that the flows are of.
    static func alerts(hostile: String = "") -> [AlertRecord] {
        let ads = container(hostile + "ads-0", number: 5)
        let debug = container(hostile + "debug-7f9c", number: 3)
        let frontend = container(hostile + "frontend-0", number: 4)
        let payment = container(hostile + "payment-0", number: 7)
        var scan = alert(
            "scan.vertical",
            "Ports of one host tried",
            70,
            ago: 23,
            of: end(debug, "10.244.1.13", .ambiguous),
            "\(hostile)debug-7f9c tried 5 ports of \(hostile)frontend-0: 5 refused (SYN)"
        )
        scan.destination = end(frontend, "10.244.2.20")
        scan.evidence = evidence
        scan.count = 5
        var plain = alert(
            "plaintext.crossing",
            "Plaintext across levels or hosts",
            30,
            ago: 7200 + 86_400,
            of: end(frontend, "10.244.2.20"),
            "\(hostile)frontend-0 talks HTTP in the clear to another host"
        )
        plain.destination = AlertRecord.End(address("10.244.1.99"), kind: .remote, confidence: .likely)
        var crossing = alert(
            "crossing.undeclared",
            "Levels of sensitivity crossed without an interface",
            95,
            ago: 600,
            of: end(ads, "10.244.2.21"),
            "\(hostile)ads-0 (public) talked to \(hostile)payment-0 (restricted) port 443, and no interface allows it"
        )
        crossing.destination = end(payment, "10.244.2.23")
        crossing.count = 1_204_117
        var flood = alert(
            "flood.syn",
            "Connections begun in masses and left half open",
            75,
            ago: 2,
            of: AlertRecord.End(address("203.0.113.9"), kind: .outside, confidence: .certain),
            "many begin connections to \(hostile)frontend-0 and leave them half open: 81,000 within a second"
        )
        flood.isOfMany = true
        flood.destination = end(frontend, "10.244.2.20")
        let resolver = alert(
            "dns.resolver",
            "Names asked of a foreign resolver",
            50,
            ago: 4000,
            of: AlertRecord.End(address("10.244.1.12")),
            "10.244.1.12 asks 9.9.9.9 for names, which is none of the resolvers it was given"
        )
        return [plain, resolver, crossing, scan, flood]
    }

    /// The flows that show the scan: those that are refused.
    static let evidence: [FlowIdentifier] = flows.filter {
        "\($0.source.address)" == "10.244.1.13" && "\($0.destination.address)" == "10.244.2.20"
            && $0.protocolNumber == 6
    }.prefix(5).map(\.identifier)

    static func alert(
        _ rule: String,
        _ name: String,
        _ severity: Int,
        ago: Int64,
        of source: AlertRecord.End,
        _ message: String
    ) -> AlertRecord {
        AlertRecord(
            rule: rule,
            name: name,
            category: String(rule.prefix { $0 != "." }),
            technique: "T1046",
            severity: severity,
            time: Timestamp(nanoseconds: end.nanoseconds - ago * 1_000_000_000),
            source: source,
            message: message
        )
    }

    /// So many alerts of ten containers, a second apart.
    static func alerts(_ count: Int) -> [AlertRecord] {
        (0..<count).map { number in
            let container = container("web-\(number % 10)", number: number % 10)
            return alert(
                "scan.horizontal",
                "One port of many hosts tried",
                number % 100,
                ago: Int64(count - number),
                of: Self.end(container, "10.0.0.\(number % 10)"),
                "web-\(number % 10) tried port 80 of \(number) hosts"
            )
        }
    }

    static func end(
        _ container: Container,
        _ text: String,
        _ confidence: Identity.Confidence = .certain
    ) -> AlertRecord.End {
        AlertRecord.End(address(text), kind: .container, confidence: confidence, container: container)
    }

    static func address(_ text: String) -> IPAddress { IPAddress(text) ?? .v4(IPv4Address(bits: 0)) }

    static func snapshot(alerts: [AlertRecord], _ change: (inout Snapshot) -> Void = { _ in }) -> Snapshot {
        var snapshot = snapshot(flows)
        snapshot.time = end
        snapshot.alerts = alerts
        snapshot.isJudged = true
        change(&snapshot)
        return snapshot
    }
}

extension ShopPicture {
    /// The part of the shop that alerts are about: little, and laid out at once.
    static let corner: GraphPicture = {
        let whole = picture()
        let names: Set<String> = [
            "ads-0", "pg-orders-0", "email-0", "smtp.example", "debug-0", "vault-0", "checkout-0",
        ]
        let edges = whole.edges.filter { names.contains($0.key.source.name) && names.contains($0.key.destination.name) }
        return GraphPicture(
            endpoints: whole.endpoints.filter { names.contains($0.key.name) },
            edges: edges,
            minutes: [],
            folding: GraphFolding()
        )
    }()

    /// Alerts about ends of the shop: a crossing, a scan, and one that is not severe enough to mark anything.
    static var alerts: [AlertRecord] {
        func party(_ service: String) -> AlertRecord.End {
            let end = end(service, 0)
            return AlertRecord.End(
                end.addresses.first ?? .v4(IPv4Address(bits: 0)),
                kind: .container,
                confidence: .certain,
                container: end.container
            )
        }
        func alert(_ rule: String, _ severity: Int, ago: Int64, _ source: String, _ message: String) -> AlertRecord {
            AlertRecord(
                rule: rule,
                name: "Name of \(rule)",
                category: String(rule.prefix { $0 != "." }),
                technique: "T1046",
                severity: severity,
                time: time(last - ago),
                source: party(source),
                message: message
            )
        }
        var crossing = alert(
            "crossing.undeclared",
            80,
            ago: 130,
            "ads",
            "shop-ads-1 (public) talked to shop-pg-orders-1 (restricted) port 5432, and no interface allows it"
        )
        crossing.destination = party("pg-orders")
        var listed = alert(
            "egress.undeclared",
            60,
            ago: 50,
            "email",
            "shop-email-1 talked to smtp.example, a way outside that nobody declared"
        )
        listed.destination = AlertRecord.End(Example.address("198.51.100.7"), kind: .outside, confidence: .certain)
        let scan = alert(
            "scan.horizontal",
            70,
            ago: 48,
            "debug",
            "shop-debug-1 tried port 22 of 60 hosts: 56 refused (SYN)"
        )
        let low = alert("listener.new", 30, ago: 10, "vault", "shop-vault-1 listens on port 9999, as it did not before")
        return [crossing, listed, scan, low]
    }
}
