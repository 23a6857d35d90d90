import Addressing
import Containers

@testable import Graph

/// Graphs of containers for folding, as few words as possible.
struct Shop {
    var graph = ConnectionGraph()
    var levels: [EndpointKey: Int] = [:]

    static let levels = Level.ordered(["public", "internal", "restricted"])

    static func time(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

    /// A pod of a deployment, as a runtime tells of it.
    static func pod(_ namespace: String, _ service: String, _ ordinal: Int = 0, image: String? = nil) -> Endpoint {
        end("\(namespace)-\(service)-\(ordinal)") {
            $0.pod = "\(service)-7d9c8b6f5d-x\(ordinal)k2q"
            $0.podNamespace = namespace
            $0.creator = "deployment/\(service)"
            $0.image = image ?? "shop/\(service):4"
        }
    }

    static func compose(_ project: String, _ service: String, _ ordinal: Int = 1) -> Endpoint {
        end("\(project)-\(service)-\(ordinal)") {
            $0.name = "\(project)-\(service)-\(ordinal)"
            $0.creator = "\(project)/\(service)"
            $0.image = "shop/\(service)"
            $0.networks = ["\(project)_default"]
        }
    }

    static func end(_ id: String, _ describe: (inout ContainerDescription) -> Void) -> Endpoint {
        var container = Container(key: ContainerKey(identifier: id, generation: 1))
        describe(&container.description)
        var end = Endpoint(EndpointKey(.container, id), at: time(0))
        end.container = container
        end.name = container.description.pod ?? container.description.name
        return end
    }

    static func outside(_ name: String, kind: EndpointKind = .outside) -> Endpoint {
        Endpoint(EndpointKey(kind, name), address: IPAddress(name) ?? IPAddress("192.0.2.1"), at: time(0))
    }

    mutating func call(
        _ source: Endpoint,
        _ destination: Endpoint,
        _ port: UInt16? = 80,
        _ bytes: UInt64 = 600,
        at: Int64 = 0
    ) {
        var counts = EdgeCounts()
        counts.sourceBytes = bytes
        counts.sourcePackets = 1
        graph.count(
            FlowObservation(
                source: source,
                destination: destination,
                protocolNumber: 6,
                port: port,
                counts: counts,
                first: Self.time(at),
                last: Self.time(at)
            )
        )
    }

    /// All of it folded once.
    func fold(_ view: FoldView = FoldView()) -> FoldedGraph {
        var folder = folder
        return folder.fold(view)
    }

    var folder: Folder {
        var folder = Folder(FoldPlaces(level: { [levels] end in levels[end.key].map { Self.levels[$0] } }))
        folder.take(graph.picture)
        return folder
    }
}

extension FoldedGraph {
    /// `P cart×3`, in order.
    var names: [String] {
        rows.map { row in
            let level = row.level.map { "\($0.letter) " } ?? (row.isOutside ? "o " : "")
            return level + row.name + (row.members.count > 1 ? "×\(row.members.count)" : "")
        }
    }

    func name(_ key: RowKey) -> String { rows.first { $0.key == key }?.name ?? "?" }

    /// `web>cart:80 bytes`, in order.
    var lines: [String] {
        edges.map { "\(name($0.key.source))>\(name($0.key.destination)):\($0.key.port ?? 0) \($0.counts.bytes)" }
            .sorted()
    }

    func row(_ name: String) -> FoldedRow? { rows.first { $0.name == name } }

    func edge(_ source: String, _ destination: String) -> FoldedEdge? {
        edges.first { name($0.key.source) == source && name($0.key.destination) == destination }
    }
}
