import Addressing
import Containers

/// What the page of one container has and its list may not: `GET /containers/ID/json`.
struct EngineInspection: Decodable, Hashable, Sendable {
    let description: ContainerDescription

    private enum Key: String, CodingKey {
        case created = "Created"
        case config = "Config"
        case hostConfig = "HostConfig"
    }

    private struct Configuration: Decodable {
        let image: String?

        enum CodingKeys: String, CodingKey {
            case image = "Image"
        }

        init(from decoder: any Decoder) throws {
            image = try decoder.container(keyedBy: CodingKeys.self).maybe(.image)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var told = ContainerDescription()
        told.created = container.maybe(.created, as: String.self).flatMap(Timestamp.init(rfc3339:))
        told.image = ContainerDescription.word(container.maybe(.config, as: Configuration.self)?.image)
        container.maybe(.hostConfig, as: EngineHostConfig.self)?.networkMode.map { told.adopt(networkMode: $0) }
        description = told
    }
}
