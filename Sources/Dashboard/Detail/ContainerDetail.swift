import Addressing
import Containers
import Records

/// What is known of a container, as facts.
enum ContainerDetail {
    /// What it is, without where it is.
    static func fields(of container: Container) -> [DetailField] {
        let known = container.description
        let told: [(String, String?)] = [
            ("container", container.label), ("image", known.image), ("runtime", known.runtime?.rawValue),
            ("identifier", "\(container.key.identifier.prefix(12)), run \(container.key.generation)"),
            ("pod", known.pod),
            ("namespace", known.podNamespace), ("made by", known.creator), ("owner", known.owner), ("role", known.role),
            ("cgroup", container.cgroup),
        ]
        return told.compactMap { key, value in value.map { DetailField(key, $0) } }
    }

    static func fields(of row: ContainerRow, zone: Int) -> [DetailField] {
        var fields = row.resident.map { self.fields(of: $0.container) } ?? []
        let who = row.who
        if !who.text.isEmpty { fields.append(DetailField("who", who.text, who.isSure ? .plain : .warning)) }
        if let started = row.resident?.container.started {
            fields.append(DetailField("started", TimeText.clock(started, zone: zone)))
        }
        if let process = row.resident?.container.process { fields.append(DetailField("first process", "\(process)")) }
        fields.append(DetailField("in", row.incoming.text))
        fields.append(DetailField("out", row.outgoing.text))
        fields += labels(row.resident?.container.description.labels ?? [:])
        fields.append(.heading("network"))
        if let namespace = row.place.namespace { fields.append(DetailField("namespace", "\(namespace)")) }
        let network = row.network
        for (index, address) in network.addresses.enumerated() {
            fields.append(
                DetailField("address", address + (index < network.ways.count ? "  \(network.ways[index])" : ""))
            )
        }
        for text in ServiceText.lines(of: row.listeners) { fields.append(DetailField("listens", text)) }
        for text in ServiceText.lines(of: row.exposures) { fields.append(DetailField("exposed", text)) }
        let others = row.place.containers.map(\.container).filter { $0.key != row.resident?.container.key }
        if !row.place.isHost, !others.isEmpty {
            fields.append(DetailField("shares it with", others.map(\.label).joined(separator: ", ")))
        }
        return fields
    }

    static func labels(_ labels: [String: String]) -> [DetailField] {
        guard !labels.isEmpty else { return [] }
        return [.heading("labels")]
            + labels.sorted { $0.key < $1.key }.map { DetailField($0.key, $0.value.isEmpty ? "-" : $0.value) }
    }

    /// `postgres[812] /usr/bin/postgres`
    static func text(of process: SocketProcess) -> String {
        let name = "\(process.name)[\(process.identifier)]"
        return process.executable.map { "\(name) \($0)" } ?? name
    }
}
