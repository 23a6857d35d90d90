import Containers

/// What answers at a socket, from `GET /version`.
struct EngineVersion: Decodable, Hashable, Sendable {
    /// Docker, or podman that speaks like it. What says nothing of itself is taken for Docker.
    let runtime: ContainerRuntime

    init(runtime: ContainerRuntime) {
        self.runtime = runtime
    }

    private enum Key: String, CodingKey {
        case components = "Components"
    }

    private struct Component: Decodable {
        let name: String

        enum CodingKeys: String, CodingKey {
            case name = "Name"
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let components = container.maybe(.components, as: TolerantList<Component>.self)?.elements ?? []
        runtime = components.contains { $0.name == "Podman Engine" } ? .podman : .docker
    }
}
