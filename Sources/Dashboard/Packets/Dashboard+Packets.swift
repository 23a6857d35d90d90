import Addressing
import Graph
import Records
import Terminal

/// Packets of what is chosen.
extension Dashboard {
    /// What is chosen, and what it is called; nil where nothing is that has packets.
    private var subject: (PacketChoice.Subject, title: String)? {
        switch screen {
        case .alerts:
            guard let alert = alerts.selected else { return nil }
            let subject = PacketChoice.Subject.alert(
                source: alert.source.address,
                destination: alert.destination?.address,
                flows: alert.evidence
            )
            return (subject, AlertText.title(alert, settings.glyphs))
        case .flows:
            guard let flow = flows.selected else { return nil }
            return (.flow(flow.identifier), FlowsTable.title(flow, settings.glyphs))
        case .chart, .diff:
            if let edge = chart.chosenEdge {
                return (.edges(Set(edge.members)), EdgeText.title(edge, chart, settings.glyphs))
            }
            guard let row = chart.row(chart.choices.selection) else { return nil }
            return (.edges(Set(chart.edges(of: row.key).flatMap(\.members))), row.name)
        case .containers, .blocks, .health, .levels: return nil
        }
    }

    var canShowPackets: Bool { subject != nil }

    /// Opens the packets of what is chosen, and asks for them.
    mutating func showPackets() -> [DashboardRequest] {
        guard let (subject, title) = subject else {
            message = Message(text: "choose an edge with ., a flow with 2 or an alert with 4, then p shows its packets")
            return []
        }
        packetChoices += 1
        var view = PacketsView("packets of \(title)")
        view.zone = settings.zone
        view.choice = packetChoices
        var list = PacketList()
        list.choice = packetChoices
        list.isSearching = true
        view.take(list)
        overlay = .packets(view)
        return [.packets(PacketChoice(number: packetChoices, subject: subject, span: shownSpan))]
    }

    /// The time that what is shown is of; nil where that is all there is.
    private var shownSpan: Range<Int64>? {
        if screen == .alerts, let alert = alerts.selected, alert.first <= alert.last {
            return alert.first.nanoseconds..<(min(alert.last.nanoseconds, .max - 1) + 1)
        }
        if let past { return past.span }
        guard let playback = shown?.playback, playback.span.lowerBound < playback.position else { return nil }
        return playback.span.lowerBound.nanoseconds..<playback.position.nanoseconds
    }

    /// Takes the packets there are now of what was asked for last; others come too late.
    package mutating func take(_ list: PacketList) {
        guard case .packets(var view) = overlay, view.choice == list.choice else { return }
        view.take(list)
        overlay = .packets(view)
    }

    /// The packets that are looked at.
    package var packets: PacketList? {
        if case .packets(let view) = overlay { view.list } else { nil }
    }

    /// `Esc` and `q` close what is open: a name that is typed, a packet, the list.
    mutating func press(_ key: Key, _ modifiers: Modifiers, over known: PacketsView) -> [DashboardRequest] {
        var view = known
        let answer: KeyAnswer
        if key == .character("q"), !view.isTyping {
            answer = view.handle(.escape, [])
        } else {
            answer = view.handle(key, modifiers)
        }
        overlay = .packets(view)
        switch answer {
        case .request(let request): return [request]
        case .taken, .open: return []
        case .ignored:
            guard key == .escape || key == .character("q") || key == .character("p") else { return [] }
            overlay = nil
            return [.noPackets]
        }
    }
}
