package import Addressing
import Graph
package import Terminal

extension Dashboard {
    /// Takes a key or the mouse, and returns what is asked of whoever runs this.
    package mutating func handle(_ event: TerminalEvent, at now: Timestamp) -> [DashboardRequest] {
        switch event {
        case .key(let key, let modifiers):
            lastKey = now
            message = nil
            return handle(key, modifiers, at: now)
        case .mouse(let mouse):
            lastKey = now
            handle(mouse)
            return []
        case .paste(let text):
            paste(text)
            return []
        case .resize, .resumed: return [.redraw]
        case .terminate, .disconnected: return [.quit]
        case .focus, .cursorPosition, .backgroundColor, .deviceAttributes, .woken: return []
        }
    }

    private mutating func handle(_ key: Key, _ modifiers: Modifiers, at now: Timestamp) -> [DashboardRequest] {
        if modifiers.contains(.control) {
            switch key {
            case .character("c"): return [.quit]
            case .character("z"): return [.suspend]
            case .character("l"): return [.redraw]
            default: break
            }
        }
        if prompt != nil { return type(key, modifiers) }
        if overlay != nil { return pressOverOverlay(key, modifiers) }
        if let requests = pressInTable(key, modifiers) { return requests }
        switch key {
        case .character(let character) where !modifiers.contains(.control) && !modifiers.contains(.alt):
            return press(character, at: now)
        default: return press(key, modifiers)
        }
    }

    private mutating func press(_ key: Key, _ modifiers: Modifiers) -> [DashboardRequest] {
        switch key {
        case .up: move(rows: -1)
        case .down: move(rows: 1)
        case .left: move(columns: -1)
        case .right: move(columns: 1)
        case .pageUp, .character("b"): move(rows: -10)
        case .pageDown, .character("f"): move(rows: 10)
        case .home: chart.moveToEnd(isLast: false)
        case .end: return leavePast()
        case .enter: enter()
        case .escape: return back()
        case .tab: chart.nextHub(modifiers.contains(.shift) ? -1 : 1)
        case .function(1): overlay = .help(HelpView())
        default: break
        }
        return []
    }

    private mutating func press(_ character: Character, at now: Timestamp) -> [DashboardRequest] {
        switch character {
        case "q": return [.quit]
        case "?": overlay = .help(HelpView())
        case "d": return showDetails()
        case "y": showJSON()
        case "p": return showPackets()
        case "b": return proposeBlock()
        case "u": return proposeUndo()
        case ":": prompt = Prompt(kind: .command)
        case "/": prompt = Prompt(kind: .filter, text: filter.text)
        case "j": move(rows: 1)
        case "k": move(rows: -1)
        case "h": move(columns: -1)
        case "l": move(columns: 1)
        case "g": chart.moveToEnd(isLast: false)
        case "G": chart.moveToEnd(isLast: true)
        case ".": chart.moveEdge(1)
        case ",": chart.moveEdge(-1)
        case "z": fold(isFiner: true)
        case "Z": fold(isFiner: false)
        case "x":
            if screen == .blocks { return proposeRelease() }
            chart.drawHubs()
        case "o": chart.choices.lens = chart.choices.lens.next
        case "=": chart.tidy()
        case "m": mark()
        case "t": showPath()
        case "n": if chart.choices.path == nil { nextAlert(1) } else { nextPath(1) }
        case "N": if chart.choices.path == nil { nextAlert(-1) } else { nextPath(-1) }
        case "1": go(to: .chart)
        case "2": go(to: .flows)
        case "3": go(to: .containers)
        case "4": go(to: .alerts)
        case "5": go(to: .blocks)
        case "6": go(to: .health)
        case "8": go(to: .diff)
        case "9": go(to: .levels)
        case " ": return freeze(at: now)
        case "[": return step(-1)
        case "]": return step(1)
        case "{": return step(-10)
        case "}": return step(10)
        case "T": showsTimeline.toggle()
        case "P": return play()
        case "+": return changeSpeed(by: 2)
        case "-": return changeSpeed(by: 0.5)
        default: break
        }
        return []
    }

    private mutating func move(rows: Int = 0, columns: Int = 0) {
        if screen == .levels { return levels.scroll(rows: rows, columns: columns) }
        guard screen == .chart || screen == .diff else { return }
        if let focus = chart.choices.focus.last { return moveInFocus(on: focus, rows: rows, columns: columns) }
        if rows != 0 { chart.moveVertically(rows) }
        if columns != 0 { chart.moveHorizontally(toCallees: columns > 0) }
    }

    private mutating func moveInFocus(on key: RowKey, rows: Int, columns: Int) {
        let view = FocusView(chart, on: key)
        if columns != 0 { chart.choices.isOnCallees = columns > 0 }
        let edges = view.edges(onCallees: chart.choices.isOnCallees)
        guard !edges.isEmpty else { return }
        let index = edges.firstIndex { $0.key == chart.choices.edge }
        let next = index.map { min(max($0 + rows, 0), edges.count - 1) } ?? 0
        chart.choices.edge = edges[next].key
    }

    private mutating func enter() {
        guard screen == .chart || screen == .diff else { return }
        if let focus = chart.choices.focus.last {
            guard let edge = chart.chosenEdge else { return }
            let other = edge.key.source == focus ? edge.key.destination : edge.key.source
            centre(on: other)
        } else if let selection = chart.choices.selection {
            centre(on: selection)
        } else {
            chart.moveVertically(1)
        }
    }

    mutating func centre(on key: RowKey) {
        chart.choices.focus = Array((chart.choices.focus + [key]).suffix(ChartChoices.focusLimit))
        chart.choices.selection = key
        chart.choices.edge = nil
        chart.choices.isOnCallees = true
        let view = FocusView(chart, on: key)
        chart.choices.edge = (view.edges(onCallees: true).first ?? view.edges(onCallees: false).first)?.key
        if view.edges(onCallees: true).isEmpty { chart.choices.isOnCallees = false }
    }

    /// One step back: out of the focus, from an edge, a path, a hub, the filter, a selection.
    private mutating func back() -> [DashboardRequest] {
        if shown?.progress != nil { return [.stopReading] }
        if !chart.choices.focus.isEmpty {
            chart.choices.focus.removeLast()
            chart.choices.edge = nil
            if let outer = chart.choices.focus.last { chart.choices.selection = outer }
        } else if chart.choices.path != nil {
            chart.choices.path = nil
        } else if chart.choices.edge != nil {
            chart.choices.edge = nil
        } else if chart.choices.hub != nil {
            chart.choices.hub = nil
        } else if screen == .diff {
            leaveDiff()
        } else if screen == .flows, flows.evidence != nil {
            go(to: .alerts)
        } else if screen != .chart {
            screen = .chart
        } else if !filter.isEmpty {
            setFilter("")
        } else if past != nil {
            return leavePast()
        } else {
            chart.choices.selection = nil
            chart.choices.mark = nil
        }
        return []
    }

    private mutating func fold(isFiner: Bool) {
        if screen == .levels { levels.changeRung(isFiner: isFiner) } else { chart.changeFold(isFiner: isFiner) }
    }

    private mutating func mark() {
        chart.choices.mark = chart.choices.mark == chart.choices.selection ? nil : chart.choices.selection
        if let mark = chart.row(chart.choices.mark) {
            message = Message(text: "marked \(mark.name); t on another row shows the paths there")
        }
    }

    private mutating func showPath() {
        guard let from = chart.choices.mark, let to = chart.choices.selection, from != to else {
            message = Message(text: "mark where a path begins with m, then select where it ends and press t")
            return
        }
        chart.choices.path = (from, to, 0)
        chart.choices.edge = nil
        chart.choices.focus = []
    }

    private mutating func nextPath(_ step: Int) {
        guard let choice = chart.choices.path, let count = chart.paths?.paths.count, count > 0 else { return }
        chart.choices.path = (choice.from, choice.to, (choice.index + step + count) % count)
    }

    mutating func go(to screen: Screen) {
        if self.screen == .diff, screen != .diff { leaveDiff() }
        let isDiff = screen == .diff && self.screen != .diff
        flows.evidence = nil
        self.screen = screen
        chart.choices.focus = []
        if isDiff { refresh() }
    }
}
