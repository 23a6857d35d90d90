import Containers
import Graph

/// A filter of a few words over edges: each must stand in a name, an address, an image, a namespace or the port of one of both ends.
struct EdgeWords: Sendable {
    private let wanted: [String]
    private let unwanted: [String]

    init(_ text: String) {
        let words = text.lowercased().split(separator: " ").map(String.init)
        wanted = words.filter { !$0.hasPrefix("!") }
        unwanted = words.filter { $0.hasPrefix("!") && $0.count > 1 }.map { String($0.dropFirst()) }
    }

    func hold(of key: EdgeKey, _ source: Endpoint, _ destination: Endpoint) -> Bool {
        let port = key.port.map { "\($0)" }
        let texts = Self.texts(of: source) + Self.texts(of: destination)
        func has(_ word: String) -> Bool { port == word || texts.contains { $0.contains(word) } }
        return wanted.allSatisfy(has) && !unwanted.contains(where: has)
    }

    private static func texts(of end: Endpoint) -> [String] {
        let description = end.container?.description
        let named = [end.name, end.key.description, description?.name, description?.image, description?.podNamespace, description?.creator]
        return named.compactMap { $0?.lowercased() } + end.addresses.map { "\($0)" }
    }
}
