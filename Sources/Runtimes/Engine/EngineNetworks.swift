/// The networks a container is attached to: the names of `NetworkSettings.Networks`.
struct EngineNetworks: Decodable {
    /// Nil where it does not say.
    let names: [String]?

    private enum Key: String, CodingKey {
        case networks = "Networks"
    }

    /// Whatever stands under a name.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    init(from decoder: any Decoder) throws {
        names = try decoder.container(keyedBy: Key.self).maybe(.networks, as: [String: Anything].self).map {
            Array($0.keys)
        }
    }

    /// In order, and not too many.
    static func bounded(_ names: [String]) -> [String] {
        Array(
            names.filter { !$0.isEmpty && $0.utf8.count <= RuntimeBounds.word }.sorted().prefix(RuntimeBounds.networks)
        )
    }
}
