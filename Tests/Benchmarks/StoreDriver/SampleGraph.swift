import Addressing
import Containers
import Graph

/// Containers who talk to each other, and what they are called.
enum SampleGraph {
    /// Who is at an end of the edges of `edges(_:)`.
    static var containers: Int { 40 }

    static func container(_ number: Int) -> Container {
        var container = Container(key: ContainerKey(identifier: identifier(number), generation: 1))
        container.description.name = "shop-\(number)"
        container.description.image = "registry.example.org/shop/part-\(number % 20):1.\(number % 7)"
        container.description.labels = ["tier": "front", "com.example.part": "part-\(number % 20)"]
        return container
    }

    /// The port that a server listens on: one of ten.
    static func port(_ number: Int) -> UInt16 { UInt16(8000 + number % 10) }

    static func endpoint(_ number: Int, at time: Timestamp) -> Endpoint {
        var endpoint = Endpoint(
            EndpointKey(.container, identifier(number)),
            address: .v4(IPv4Address(bits: 0x0a00_0000 | UInt32(number))),
            at: time
        )
        endpoint.name = "shop-\(number)"
        endpoint.container = container(number)
        return endpoint
    }

    /// So many edges, no two alike, spread over the containers and ports.
    static func edges(_ count: Int) -> [EdgeKey] {
        (0..<count).map { number in
            let source = number % containers
            let destination = (source + 1 + number / containers) % containers
            return EdgeKey(
                EndpointKey(.container, identifier(source)),
                EndpointKey(.container, identifier(destination)),
                protocolNumber: 6,
                port: port(number)
            )
        }
    }

    /// 64 digits, as engines have them.
    private static func identifier(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.utf8.count) + digits
    }
}
