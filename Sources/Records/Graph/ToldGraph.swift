package import Graph

/// A graph as it was told: what `JSONGraph` wrote, read back.
///
/// Of minutes the edges are told, and not what each container sent and received: that is read as none.
package struct ToldGraph: Hashable, Sendable {
    package var picture: GraphPicture
    /// What goes over edges each second, where that was told.
    package var rates: [EdgeKey: EdgeRate]

    /// Reads the one object that a whole text is. Bounded by the text, which whoever calls must have bounded.
    package init(reading text: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: text)
        if fields["error"] != nil { throw .wrong("error") }
        var endpoints: [EndpointKey: Endpoint] = [:]
        for endpoint in try fields.endpoints() { endpoints[endpoint.key] = endpoint }
        var edges: [EdgeKey: Edge] = [:]
        var rates: [EdgeKey: EdgeRate] = [:]
        for told in try fields.edges() {
            edges[told.key] = told.edge
            rates[told.key] = told.rate
        }
        picture = GraphPicture(
            endpoints: endpoints,
            edges: edges,
            tunnelEnds: try fields.tunnelEnds(),
            minutes: try fields.minutes(),
            folding: try fields.object("folded").folding()
        )
        self.rates = rates
    }
}

extension GraphChanges {
    /// Reads a line of what becomes otherwise; nil when it says something else, such as that changes were left out.
    package init?(reading line: Span<UInt8>) throws(JournalError.Reason) {
        let fields = try JournalFields(reading: line)
        if fields["error"] != nil { return nil }
        self.init()
        endpoints = try fields.endpoints()
        for told in try fields.edges() { edges[told.key] = told.edge }
        minutes = try fields.minutes()
    }
}
