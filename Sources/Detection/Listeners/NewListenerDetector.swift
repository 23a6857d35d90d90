import Addressing
import Containers
import Policy

/// Finds ports that a container opens long after it settled, and that no container of its image opened before.
///
/// Bounded in workloads, in containers and in ports of each; who opens more ports than that opens any.
struct NewListenerDetector: Sendable {
    private var ports = SubjectTable<Workload, Acquaintances<Contact.Port>>(limit: Self.limit)
    /// Of containers, whose image may come to be known later.
    private var own = SubjectTable<ContainerKey, Acquaintances<Contact.Port>>(limit: Self.limit)
    private var settled: Int64 = 0

    static var limit: Int { 4096 }
    static var portLimit: Int { 64 }
    /// UDP from here on is asked from, not waited at: resolvers bind such ports for each question.
    static var ephemeral: UInt16 { 32_768 }

    static let thresholds: [String: RuleCatalog.Threshold] = ["settled": RuleCatalog.Threshold(.time, 30...86_400)]

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        settled = Int64(thresholds.number("listener", "settled", or: 300))
    }

    /// More is known of a container: its ports are its image's.
    mutating func describe(_ container: Container) {
        guard let known = own[container.key] else { return }
        ports.update(Workload(Party(container)), or: Acquaintances(limit: Self.portLimit)) { ports in
            for port in known.members { ports.meet(port) }
        }
    }

    mutating func take(
        _ listener: Listener,
        _ party: Party,
        since: Timestamp?,
        at time: Timestamp,
        to alerts: inout [Alert]
    ) {
        guard let key = party.container?.key, let since, !listener.address.isLoopback,
            listener.protocolNumber != 17 || listener.port < Self.ephemeral
        else { return }
        let port = Contact.Port(protocolNumber: listener.protocolNumber, port: listener.port)
        own.update(key, or: Acquaintances(limit: Self.portLimit)) { $0.meet(port) }
        let isKnown = ports.update(Workload(party), or: Acquaintances(limit: Self.portLimit)) { ports in
            defer { ports.meet(port) }
            return ports.isMany || ports.knows(port)
        }
        let age = time.seconds &- since.seconds
        guard !isKnown, age >= settled else { return }
        let process = listener.process.map { ", as \($0.name)" } ?? ""
        alerts.append(
            Alert(
                .newListener,
                party,
                at: time,
                "\(party.calledName) listens on \(listener.service)\(process), which it did not in its first \(age / 60) min"
            )
        )
    }
}

extension Alert {
    /// Of something of the host, as it is now.
    init(_ rule: Rule, _ party: Party, at time: Timestamp, _ message: String) {
        self.init(
            rule: rule,
            severity: rule.severity,
            time: time,
            source: party,
            first: time,
            last: time,
            count: 1,
            evidence: [],
            message: message
        )
    }
}

extension Listener {
    /// As people know it: `TCP 22`.
    var service: String { protocolNumber == 17 ? "UDP \(port)" : "TCP \(port)" }
}

extension Party {
    /// The container, even where the process is known.
    var calledName: String { container?.label ?? name }
}
