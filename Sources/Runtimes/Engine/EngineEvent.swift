import Addressing
import Containers

/// One thing that happened to a container, from `GET /events`.
struct EngineEvent: Decodable, Hashable, Sendable {
    enum Action: Hashable, Sendable {
        /// It was made. It starts later, if at all.
        case created
        /// It runs, or has another name.
        case changed
        /// It was attached to a network, or taken off.
        case attached
        /// It is no more.
        case destroyed
    }

    let action: Action
    let identifier: String
    /// Of the event; nanoseconds where the runtime tells them.
    let time: Timestamp?
    /// Name, image and labels, as far as the event has them.
    let description: ContainerDescription

    private enum Key: String, CodingKey {
        case type = "Type"
        case action = "Action"
        case actor = "Actor"
        case time, timeNano
    }

    private struct Actor: Decodable {
        let identifier: String?
        let attributes: [String: String]

        enum CodingKeys: String, CodingKey {
            case identifier = "ID"
            case attributes = "Attributes"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            identifier = container.maybe(.identifier)
            attributes = container.maybe(.attributes, as: StringMap.self)?.values ?? [:]
        }
    }

    /// What stands among the labels and is none.
    private static let notLabels: Set<String> = [
        "image", "name", "oldName", "exitCode", "signal", "execDuration", "containerExitCode", "podId",
    ]

    /// Fails for what is no event, and for events that tell nothing of a container.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let actor = try container.decode(Actor.self, forKey: .actor)
        let isNetwork = container.maybe(.type, as: String.self) == "network"
        let identifier = isNetwork ? actor.attributes["container"] : actor.identifier
        let action = Self.action(container.maybe(.action) ?? "", ofNetwork: isNetwork)
        guard let action, let identifier, isContainerIdentifier(identifier) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "tells nothing of a container"))
        }
        self.action = action
        self.identifier = identifier
        if let nanoseconds = container.maybe(.timeNano, as: Int64.self) {
            time = Timestamp(nanoseconds: nanoseconds)
        } else {
            time = container.maybe(.time, as: Int64.self).flatMap(Timestamp.init(wholeSeconds:))
        }

        var description = ContainerDescription()
        if !isNetwork {
            description.name = ContainerDescription.word(actor.attributes["name"])
            description.image = ContainerDescription.word(actor.attributes["image"])
            description.adopt(
                labels: actor.attributes.filter { !Self.notLabels.contains($0.key) },
                decoder.labelKeys
            )
            if action == .created { description.created = time }
        }
        self.description = description
    }

    /// Docker's words, and podman's where they differ.
    private static func action(_ word: String, ofNetwork isNetwork: Bool) -> Action? {
        switch word {
        case "connect", "disconnect": isNetwork ? .attached : nil
        case "create": isNetwork ? nil : .created
        case "start", "rename": isNetwork ? nil : .changed
        case "destroy", "remove": isNetwork ? nil : .destroyed
        default: nil
        }
    }
}

extension Timestamp {
    /// Nil where the number is beyond what a timestamp holds.
    init?(wholeSeconds seconds: Int64) {
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        self.init(nanoseconds: nanoseconds)
    }
}
