import Addressing
import Containers

/// One entry of a container's ports in a list: Docker's `Ports`, or podman's, which may mean several in a row.
struct EnginePort: Decodable {
    /// The ports of the host that it means; none where the container only says that it listens.
    let published: [PublishedPort]

    private enum Key: String, CodingKey {
        case address = "IP"
        case privatePort = "PrivatePort"
        case publicPort = "PublicPort"
        case type = "Type"
        // Podman's.
        case hostAddress = "host_ip"
        case hostPort = "host_port"
        case containerPort = "container_port"
        case range
        case protocols = "protocol"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let port: UInt16 = container.maybe(.publicPort) ?? container.maybe(.hostPort),
            let inner: UInt16 = container.maybe(.privatePort) ?? container.maybe(.containerPort), port > 0
        else {
            published = []
            return
        }
        let text: String? = container.maybe(.address) ?? container.maybe(.hostAddress)
        // Podman says nothing for every address.
        guard let address = IPAddress(text.flatMap { $0.isEmpty ? nil : $0 } ?? "0.0.0.0") else {
            published = []
            return
        }
        let count = min(Int(container.maybe(.range, as: UInt16.self) ?? 1), RuntimeBounds.ports)
        let words: String = container.maybe(.type) ?? container.maybe(.protocols) ?? "tcp"
        var all: [PublishedPort] = []
        for number in words.split(separator: ",").prefix(Self.numbers.count).compactMap({ Self.numbers[String($0)] }) {
            for offset in 0..<count {
                guard let port = UInt16(exactly: Int(port) + offset), let inner = UInt16(exactly: Int(inner) + offset)
                else { break }
                all.append(
                    PublishedPort(protocolNumber: number, address: address, port: port, containerPort: inner)
                )
            }
        }
        published = all
    }

    /// The runtimes' words for what IANA numbers.
    private static let numbers: [String: UInt8] = ["tcp": 6, "udp": 17, "sctp": 132]

    /// In order, each once, and not too many.
    static func bounded(_ ports: [EnginePort]) -> [PublishedPort] {
        Array(Set(ports.prefix(RuntimeBounds.ports).flatMap(\.published)).sorted().prefix(RuntimeBounds.ports))
    }
}
