import Addressing
import Containers

/// One container of a list: Docker's `GET /containers/json`, or podman's own, which has pods.
struct EngineContainer: Decodable, Hashable, Sendable {
    let identifier: String
    let description: ContainerDescription
    /// What its list did not tell and its own page does.
    let needsInspection: Bool

    private enum Key: String, CodingKey {
        case identifier = "Id"
        case names = "Names"
        case image = "Image"
        case created = "Created"
        case labels = "Labels"
        case hostConfig = "HostConfig"
        case networkSettings = "NetworkSettings"
        case networks = "Networks"
        case pod = "Pod"
        case podName = "PodName"
        case isInfra = "IsInfra"
        case ports = "Ports"
    }

    /// Fails without an identifier that can be one.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        identifier = try container.decode(String.self, forKey: .identifier)
        guard isContainerIdentifier(identifier) else {
            throw DecodingError.dataCorruptedError(
                forKey: .identifier,
                in: container,
                debugDescription: "not an identifier"
            )
        }
        var told = ContainerDescription()
        told.name = ContainerDescription.word(
            Self.name(in: container.maybe(.names, as: TolerantList<String>.self)?.elements ?? [])
        )
        let image = ContainerDescription.word(container.maybe(.image))
        told.pod = ContainerDescription.word(container.maybe(.podName))
        told.podIdentifier = ContainerDescription.word(container.maybe(.pod))
        told.isSandbox = container.maybe(.isInfra) ?? false
        if let seconds = container.maybe(.created, as: Int64.self) {
            told.created = Timestamp(wholeSeconds: seconds)
        } else if let text = container.maybe(.created, as: String.self) {
            told.created = Timestamp(rfc3339: text)
        }
        told.adopt(labels: container.maybe(.labels, as: StringMap.self)?.values ?? [:], decoder.labelKeys)
        let host = container.maybe(.hostConfig, as: EngineHostConfig.self)
        host?.networkMode.map { told.adopt(networkMode: $0) }
        let attached = container.maybe(.networkSettings, as: EngineNetworks.self)?.names
        // Podman has an empty list for a container that uses another's network.
        told.networks = (attached ?? container.maybe(.networks, as: TolerantList<String>.self)?.elements).map(
            EngineNetworks.bounded
        )
        told.published = container.maybe(.ports, as: TolerantList<EnginePort>.self).map {
            EnginePort.bounded($0.elements)
        }

        // Docker has a number here once the name that was asked for means another image.
        let isNumber = image?.hasPrefix("sha256:") ?? true
        told.image = isNumber ? nil : image
        description = told
        needsInspection = isNumber || host?.networkMode == nil
    }

    /// Without Docker's slash. Links of old made further names, `/other/alias`.
    private static func name(in names: [String]) -> String? {
        let plain = names.map { $0.hasPrefix("/") ? $0.dropFirst() : $0[...] }
        return (plain.first { !$0.contains("/") } ?? plain.first).map(String.init)
    }
}
