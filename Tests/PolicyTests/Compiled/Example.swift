import Addressing
import Containers
import Testing

@testable import Policy

/// Ends of flows for tests.
enum Example {
    /// A container; told of again with the same name, it is the same run.
    static func container(
        _ name: String,
        image: String? = nil,
        namespace: String? = nil,
        networks: [String]? = nil,
        labels: [String: String] = [:]
    ) -> Container {
        var container = Container(key: ContainerKey(identifier: name, generation: 1))
        var description = ContainerDescription()
        description.name = name
        description.image = image
        description.podNamespace = namespace
        description.networks = networks
        description.labels = labels
        container.description = description
        return container
    }

    static func end(_ container: Container, _ address: String = "10.0.0.9") throws -> PolicyEnd {
        PolicyEnd(try #require(IPAddress(address)), container: container)
    }

    /// One that has nothing but an address.
    static func address(_ text: String, isOutside: Bool = false) throws -> PolicyEnd {
        PolicyEnd(try #require(IPAddress(text)), isOutside: isOutside)
    }

    static func compiled(_ text: String) throws -> CompiledPolicy {
        CompiledPolicy(try ReadPolicy.policy(text))
    }
}

extension CompiledPolicy {
    /// The name of an end's level.
    mutating func levelName(of end: PolicyEnd) -> String? {
        level(of: end).map { declared.sensitivity.levels.name(of: $0) }
    }
}
