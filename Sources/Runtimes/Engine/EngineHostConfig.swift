import Containers

/// What a container was told of the host: `HostConfig`.
struct EngineHostConfig: Decodable {
    /// Such as `bridge`, `host`, `none`, `container:ID` or a network's name.
    let networkMode: String?

    private enum Key: String, CodingKey {
        case networkMode = "NetworkMode"
    }

    init(from decoder: any Decoder) throws {
        networkMode = try decoder.container(keyedBy: Key.self).maybe(.networkMode)
    }
}

extension ContainerDescription {
    /// Takes over whose network namespace a container was told to use.
    mutating func adopt(networkMode mode: String) {
        if mode == "host" { usesHostNetwork = true }
        if mode.hasPrefix("container:") { networkOf = Self.word(String(mode.dropFirst("container:".count))) }
    }
}
