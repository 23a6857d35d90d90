import Addressing

@testable import Graph

/// Flows for graphs, as few words as possible.
struct ObservedFlow {
    var source = "a"
    var destination = "b"
    var kind = EndpointKind.container
    var port: UInt16? = 80
    var serial: UInt32?
    var bytes: UInt64 = 100
    var failures: UInt64 = 0
    /// Seconds since 1970.
    var first: Int64 = 0
    var last: Int64?
    var isAnother = true
    var isOver = true

    var observation: FlowObservation {
        var counts = EdgeCounts()
        counts.sourcePackets = bytes / 100
        counts.sourceBytes = bytes
        counts.failures = failures
        let (began, ended) = (time(first), time(last ?? first))
        var flow = FlowObservation(
            source: Endpoint(EndpointKey(kind, source), address: IPAddress(source), at: began),
            destination: Endpoint(EndpointKey(kind, destination), address: IPAddress(destination), at: began),
            protocolNumber: 6,
            port: port,
            counts: counts,
            isAnother: isAnother,
            first: began,
            last: ended,
            isOver: isOver
        )
        flow.serial = serial
        return flow
    }

    private func time(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }
}

extension ConnectionGraph {
    mutating func count(_ flow: ObservedFlow) { count(flow.observation) }

    /// Edges as `container:a>container:b/80 bytes`, in order.
    var text: [String] {
        edges.sorted { $0.key < $1.key }.map { key, edge in "\(Self.name(key)) \(edge.counts.bytes)" }
    }

    static func name(_ key: EdgeKey) -> String {
        "\(key.source)>\(key.destination)/\(key.port.map { "\($0)" } ?? "-")"
    }
}
