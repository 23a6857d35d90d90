import Containers
import Graph
import Records

extension Dashboard {
    /// What could be blocked of what is chosen, and why somebody would; nil where nothing is chosen.
    var proposed: (proposals: BlockProposals, because: String)? {
        guard let snapshot = shown else { return nil }
        var proposals = BlockProposals()
        var because = ""
        switch screen {
        case .alerts:
            guard let alert = alerts.selected else { return nil }
            because = "\(alert.rule): \(alert.message)"
            add(alert, to: &proposals)
        case .flows:
            guard let flow = flows.selected else { return nil }
            proposals.add(
                from: BlockParty(flow.source, flow.identities?.source),
                to: BlockParty(flow.destination, flow.identities?.destination),
                protocolNumber: flow.protocolNumber,
                port: flow.hasPorts ? flow.destination.port : nil
            )
        case .containers:
            guard let row = containers.selected else { return nil }
            if let resident = row.resident { proposals.add(BlockParty(resident.container)) }
        case .chart, .diff:
            if let edge = chart.chosenEdge {
                for key in edge.members.prefix(BlockProposal.limit) {
                    proposals.add(
                        from: BlockParty(key.source, in: snapshot.graph),
                        to: BlockParty(key.destination, in: snapshot.graph),
                        protocolNumber: key.protocolNumber,
                        port: key.port
                    )
                }
            } else if let row = chart.row(chart.choices.selection) {
                for key in row.members.prefix(BlockProposal.limit) {
                    proposals.add(BlockParty(key, in: snapshot.graph))
                }
            } else {
                return nil
            }
        case .blocks, .health, .levels: return nil
        }
        return (proposals, because)
    }

    /// One of many may well be forged: it is not blocked for what others do in its name.
    private func add(_ alert: AlertRecord, to proposals: inout BlockProposals) {
        let source = BlockParty(alert.source)
        guard let destination = alert.destination.map({ BlockParty($0) }) else {
            if !alert.isOfMany { proposals.add(source) }
            return
        }
        if alert.isOfMany {
            proposals.add(destination)
        } else {
            proposals.add(from: source, to: destination, protocolNumber: nil, port: nil)
        }
    }
}
