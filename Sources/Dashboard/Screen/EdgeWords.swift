import Addressing
import Containers
import Flows
import Graph
import Records

/// A filter of a few words over edges: each must stand in a name, an address, an image, a namespace or the port of one of both ends.
struct EdgeWords: Sendable {
    private let wanted: [String]
    private let unwanted: [String]

    init(_ text: String) {
        let words = text.lowercased().split(separator: " ").filter { SeverityTerm($0) == nil }.map(String.init)
        wanted = words.filter { !$0.hasPrefix("!") }
        unwanted = words.filter { $0.hasPrefix("!") && $0.count > 1 }.map { String($0.dropFirst()) }
    }

    func hold(of key: EdgeKey, _ source: Endpoint, _ destination: Endpoint) -> Bool {
        hold(key.port.map { ["\($0)"] } ?? [], Self.texts(of: source) + Self.texts(of: destination))
    }

    func hold(of flow: FlowRecord) -> Bool {
        let ports = ["\(flow.source.port)", "\(flow.destination.port)"]
        let texts =
            Self.texts(of: flow.source, flow.identities?.source)
            + Self.texts(of: flow.destination, flow.identities?.destination)
        return hold(ports, texts)
    }

    func hold(of container: Container) -> Bool { hold([], Self.texts(of: container)) }

    func hold(of alert: AlertRecord) -> Bool {
        var texts = [alert.rule, alert.name, alert.category, alert.technique, alert.message].map { $0.lowercased() }
        for end in [alert.source] + (alert.destination.map { [$0] } ?? []) {
            texts += ["\(end.address)"] + (end.container.map(Self.texts) ?? [])
        }
        return hold([], texts)
    }

    func hold(of block: BlockRecord) -> Bool {
        var texts = [block.who, block.what, block.author, block.reason, block.state.word, "#\(block.number)"]
        if let message = block.message { texts.append(message) }
        return hold([], texts.map { $0.lowercased() } + (block.container.map(Self.texts) ?? []))
    }

    private func hold(_ ports: [String], _ texts: [String]) -> Bool {
        func has(_ word: String) -> Bool { ports.contains(word) || texts.contains { $0.contains(word) } }
        return wanted.allSatisfy(has) && !unwanted.contains(where: has)
    }

    private static func texts(of end: FlowRecord.End, _ identity: Identity?) -> [String] {
        let named = [end.domain, identity?.process?.name].compactMap { $0?.lowercased() }
        return named + ["\(end.address)"] + (identity?.container.map(texts) ?? [])
    }

    private static func texts(of container: Container) -> [String] {
        let description = container.description
        let named = [
            description.name, description.image, description.pod, description.podNamespace, description.creator,
        ]
        return named.compactMap { $0?.lowercased() } + [container.key.identifier]
    }

    private static func texts(of end: Endpoint) -> [String] {
        let description = end.container?.description
        let named = [
            end.name, end.key.description, description?.name, description?.image, description?.podNamespace,
            description?.creator,
        ]
        return named.compactMap { $0?.lowercased() } + end.addresses.map { "\($0)" }
    }
}
