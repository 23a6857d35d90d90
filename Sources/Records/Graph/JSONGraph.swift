import Addressing
package import Graph

/// A graph as one JSON object on one line; its keys are in `Docs/Graph.md`. The same graph gives the same bytes.
package struct JSONGraph {
    private var lines: JSONRecordLines
    /// What goes over edges each second, where that is measured.
    private var rates: [EdgeKey: EdgeRate] = [:]

    private init(lines: JSONRecordLines) {
        self.lines = lines
    }

    /// The text of a graph, with its line end.
    package static func text(
        of graph: GraphPicture,
        rates: [EdgeKey: EdgeRate] = [:],
        resolvesNames: Bool = true
    ) -> [UInt8] {
        var text = Self(lines: JSONRecordLines(json: JSONBuffer(capacity: 1 << 16), resolvesNames: resolvesNames))
        text.rates = rates
        text.write(graph)
        return text.lines.json.bytes
    }

    /// The text of what changed, with its line end: each thing as it stands now.
    package static func text(of changes: GraphChanges, resolvesNames: Bool = true) -> [UInt8] {
        var text = Self(lines: JSONRecordLines(json: JSONBuffer(capacity: 4096), resolvesNames: resolvesNames))
        text.lines.json.beginLine()
        text.write(changes.endpoints.sorted { $0.key < $1.key }, changes.edges, changes.minutes)
        text.lines.json.endLine()
        return text.lines.json.bytes
    }

    private mutating func write(_ graph: GraphPicture) {
        lines.json.beginLine()
        write(graph.endpoints.values.sorted { $0.key < $1.key }, graph.edges, graph.minutes)
        write(graph.tunnelEnds.values.sorted { $0.address < $1.address })
        write(graph.folding)
        lines.json.endLine()
    }

    private mutating func write(_ known: [Endpoint], _ drawn: [EdgeKey: Edge], _ counted: [GraphMinute]) {
        let endpoints = lines.json.beginArray("endpoints")
        for endpoint in known { write(endpoint) }
        lines.json.end(endpoints)
        let edges = lines.json.beginArray("edges")
        for (key, edge) in drawn.sorted(by: { $0.key < $1.key }) {
            let element = lines.json.beginElement()
            write(key)
            write(edge.counts)
            lines.json.pair("first", edge.first, digits: 9)
            lines.json.pair("last", edge.last, digits: 9)
            write(edge.published)
            if let rate = rates[key] { write(rate) }
            lines.json.end(element)
        }
        lines.json.end(edges)
        let minutes = lines.json.beginArray("minutes")
        for minute in counted { write(minute) }
        lines.json.end(minutes)
    }

    private mutating func write(_ endpoint: Endpoint) {
        let element = lines.json.beginElement()
        lines.json.pair("id", endpoint.key.description)
        lines.json.pair("kind", endpoint.key.kind.rawValue)
        if lines.resolvesNames || endpoint.container != nil { lines.json.pair("name", endpoint.name) }
        if endpoint.isAmbiguous { lines.json.pair("ambiguous", true) }
        if let container = endpoint.container { lines.write(container) }
        let addresses = lines.json.beginArray("ip")
        for address in endpoint.addresses { lines.json.value(address) }
        lines.json.end(addresses)
        if endpoint.hasMoreAddresses { lines.json.pair("more_ip", true) }
        lines.json.pair("first", endpoint.first, digits: 9)
        lines.json.pair("last", endpoint.last, digits: 9)
        lines.json.end(element)
    }

    private mutating func write(_ key: EdgeKey) {
        lines.json.pair("source", key.source.description)
        lines.json.pair("destination", key.destination.description)
        lines.json.pair("transport", TransportKeyword.of(key.protocolNumber).map { "\($0)" })
        lines.json.pair("iana_number", key.protocolNumber)
        lines.json.pair("port", key.port)
    }

    private mutating func write(_ counts: EdgeCounts) {
        lines.json.pair("flows", counts.flows)
        lines.json.count("failures", counts.failures)
        lines.json.pair("source_packets", counts.sourcePackets)
        lines.json.pair("source_bytes", counts.sourceBytes)
        lines.json.pair("destination_packets", counts.destinationPackets)
        lines.json.pair("destination_bytes", counts.destinationBytes)
    }

    private mutating func write(_ rate: EdgeRate) {
        let object = lines.json.beginObject("rate")
        write("1s", rate.second)
        write("10s", rate.tenSeconds)
        write("1m", rate.minute)
        lines.json.end(object)
    }

    private mutating func write(_ span: StaticString, _ amounts: EdgeRate.Amounts) {
        let object = lines.json.beginObject(span)
        lines.json.pair("packets", amounts.packets)
        lines.json.pair("bytes", amounts.bytes)
        lines.json.end(object)
    }

    private mutating func write(_ minute: GraphMinute) {
        let element = lines.json.beginElement()
        lines.json.pair("start", minute.start, digits: 9)
        let edges = lines.json.beginArray("edges")
        for (key, counts) in minute.edges.sorted(by: { $0.key < $1.key }) {
            let edge = lines.json.beginElement()
            write(key)
            write(counts)
            lines.json.end(edge)
        }
        lines.json.end(edges)
        lines.json.end(element)
    }

    private mutating func write(_ published: [PublishedAddress]) {
        let array = lines.json.beginArray("published")
        for asked in published {
            let element = lines.json.beginElement()
            lines.json.pair("ip", asked.address)
            lines.json.pair("port", asked.port)
            lines.json.end(element)
        }
        lines.json.end(array)
    }

    private mutating func write(_ hosts: [TunnelEnd]) {
        let array = lines.json.beginArray("tunnel_ends")
        for host in hosts {
            let element = lines.json.beginElement()
            lines.json.pair("ip", host.address)
            let tunnels = lines.json.beginArray("tunnel")
            for tunnel in host.tunnels { lines.json.value(tunnel) }
            lines.json.end(tunnels)
            let identifiers = lines.json.beginArray("vni")
            for identifier in host.identifiers { lines.json.value(identifier) }
            lines.json.end(identifiers)
            if host.hasMoreIdentifiers { lines.json.pair("more_vni", true) }
            lines.json.pair("readable", host.carriesReadable)
            lines.json.pair("encrypted", host.carriesEncrypted)
            lines.json.pair("first", host.first, digits: 9)
            lines.json.pair("last", host.last, digits: 9)
            lines.json.end(element)
        }
        lines.json.end(array)
    }

    /// What was folded, by what it was folded for; absent when nothing was.
    private mutating func write(_ folding: GraphFolding) {
        let object = lines.json.beginObject("folded")
        lines.json.count("outside", folding.outside)
        lines.json.count("endpoints", folding.endpoints)
        lines.json.count("edges", folding.edges)
        lines.json.count("services", folding.services)
        lines.json.count("open", folding.open)
        lines.json.count("tunnel_ends", folding.tunnelEnds)
        lines.json.end(object)
    }
}
