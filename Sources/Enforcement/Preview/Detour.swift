package import Addressing
package import Containers
import Policy

/// By what else a container can be reached of which an order names an address. None of it is stopped: a block of an address is one of that
/// address, as the sender writes it into its packets.
package struct Detour: Hashable, Sendable {
    package var container: String
    /// Its other addresses, those of its links among them.
    package var addresses: [IPAddress]
    /// Ports of the host that lead to it: they are translated after the sender's packets were looked at.
    package var ports: [PublishedPort]
}

extension BlockOrder {
    /// Those of all who are here, in order, which have any.
    func detours(among residents: [ContainerKey: Resident]) -> [Detour] {
        guard case .traffic(let remote, let traffic) = target, let prefixes = remote.prefixes else { return [] }
        return residents.keys.sorted().compactMap { key in
            guard let resident = residents[key] else { return nil }
            let addresses = resident.interfaces.flatMap(\.addresses).map(\.address)
            let open = addresses.filter { address in !prefixes.contains { $0.contains(address) } }
            guard open.count < addresses.count else { return nil }
            let ports = (resident.container.description.published ?? []).filter { port in
                traffic.covers(protocolNumber: port.protocolNumber, port: port.containerPort)
            }
            guard !open.isEmpty || !ports.isEmpty else { return nil }
            return Detour(container: resident.container.label, addresses: open.sorted(), ports: ports)
        }
    }
}

extension Detour: CustomStringConvertible {
    /// One sentence without a full stop.
    package var description: String {
        let ways = addresses.map { "\($0)" } + Set(ports.map(\.port)).sorted().map { "port \($0) of the host" }
        let shown = ways.prefix(Preview.flowLimit).joined(separator: ", ")
        let rest = ways.count > Preview.flowLimit ? " and \(ways.count - Preview.flowLimit) more" : ""
        return "\(container) is reached by \(shown)\(rest), too, and that is not stopped"
    }
}
