import Flows
import Graph
import Records
import Terminal

/// What lies over a view: details, JSON, help; and the keys of the tables.
extension Dashboard {
    /// `Esc`, `q` and what opened it close it.
    mutating func pressOverOverlay(_ key: Key, _ modifiers: Modifiers) -> [DashboardRequest] {
        guard let known = overlay else { return [] }
        if case .packets(let view) = known { return press(key, modifiers, over: view) }
        if case .block(let sheet) = known { return press(key, modifiers, over: sheet) }
        if case .details = known, screen == .alerts, let requests = pressOnAlert(key, modifiers) {
            overlay = nil
            return requests
        }
        if key == .character("p"), modifiers.isEmpty, canShowPackets {
            // What the details are of is still chosen.
            if case .help = known { return [] }
            overlay = nil
            return showPackets()
        }
        if case .details = known, modifiers.isEmpty {
            // What the details are of is still chosen.
            if key == .character("b"), proposed != nil { return proposeBlock() }
            if key == .character("x"), screen == .blocks { return proposeRelease() }
        }
        let isClosing = key == .escape || key == .enter || ["q", "?", "d", "y"].contains { key == .character($0) }
        if isClosing {
            overlay = nil
            return []
        }
        switch known {
        case .help(var view):
            _ = view.handle(key, modifiers)
            overlay = .help(view)
        case .details(var view):
            _ = view.handle(key, modifiers)
            overlay = .details(view)
        case .json(var view):
            _ = view.handle(key, modifiers)
            overlay = .json(view)
        case .packets, .block: break
        }
        return []
    }

    /// What a table makes of a key; nil where it makes nothing of it.
    mutating func pressInTable(_ key: Key, _ modifiers: Modifiers) -> [DashboardRequest]? {
        let answer: KeyAnswer
        switch screen {
        case .flows: answer = flows.handle(key, modifiers)
        case .containers: answer = containers.handle(key, modifiers)
        case .alerts:
            if let requests = pressOnAlert(key, modifiers) { return requests }
            answer = alerts.handle(key, modifiers)
        case .blocks: answer = blocks.handle(key, modifiers)
        case .health: answer = health.handle(key, modifiers)
        case .chart, .levels, .diff: return nil
        }
        switch answer {
        case .ignored: return nil
        case .taken: return []
        case .open: return showDetails()
        case .request(let request): return [request]
        }
    }

    mutating func showDetails() -> [DashboardRequest] {
        if screen == .blocks { return showBlockDetails() }
        showFacts()
        return []
    }

    private mutating func showFacts() {
        guard let snapshot = shown else { return }
        switch screen {
        case .flows:
            guard let flow = flows.selected else { return }
            overlay = .details(DetailPane("flow \(flow.identifier)", FlowDetail.fields(of: flow, zone: settings.zone)))
        case .containers:
            guard let row = containers.selected else { return }
            overlay = .details(DetailPane(row.name, ContainerDetail.fields(of: row, zone: settings.zone)))
        case .alerts:
            guard let alert = alerts.selected else { return }
            let fields = AlertDetail.fields(of: alert, snapshot.flows, zone: settings.zone, settings.glyphs)
            overlay = .details(DetailPane("alert \(AlertText.title(alert, settings.glyphs))", fields))
        case .chart, .diff:
            let name = { [chart] (key: RowKey) in chart.row(key)?.name ?? key.name }
            if let edge = chart.chosenEdge {
                let fields = RowDetail.fields(of: edge, in: snapshot, zone: settings.zone, name: name)
                overlay = .details(DetailPane("edge \(EdgeText.title(edge, chart, settings.glyphs))", fields))
            } else if let row = chart.row(chart.choices.selection) {
                let edges = chart.edges(of: row.key)
                let fields = RowDetail.fields(of: row, edges, in: snapshot, zone: settings.zone, name: name)
                overlay = .details(DetailPane(row.name, fields))
            }
        case .blocks, .health, .levels: break
        }
    }

    mutating func showJSON() {
        guard let snapshot = shown else { return }
        switch screen {
        case .flows: if let flow = flows.selected { overlay = .json(JSONPane(flow)) }
        case .containers: if let row = containers.selected { overlay = .json(JSONPane(row, of: snapshot)) }
        case .alerts: if let alert = alerts.selected { overlay = .json(JSONPane(alert)) }
        case .blocks:
            if let block = blocks.selected { overlay = .json(JSONPane("block #\(block.number)", block.line)) }
        case .chart, .diff:
            if let edge = chart.chosenEdge {
                overlay = .json(
                    JSONPane(EdgeText.title(edge, chart, settings.glyphs), edges: edge.members, of: snapshot)
                )
            } else if let row = chart.row(chart.choices.selection) {
                overlay = .json(JSONPane(row.name, ends: row.members, of: snapshot))
            }
        case .health, .levels: break
        }
    }
}
