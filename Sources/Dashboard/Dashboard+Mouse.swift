import Terminal

/// The mouse does what keys do, and nothing else.
extension Dashboard {
    mutating func handle(_ mouse: MouseEvent) {
        guard overlay == nil, screen != .levels, chart.choices.focus.isEmpty, mouse.kind == .press else { return }
        switch mouse.button {
        case .wheelUp: chart.moveVertically(-1)
        case .wheelDown: chart.moveVertically(1)
        case .left:
            let key = chart.row(atLine: mouse.row - chartArea.top, column: mouse.column - chartArea.left)
            guard let key else { return }
            // The second click on a row is Enter.
            if key == chart.choices.selection { centre(on: key) } else { chart.select(key) }
        default: break
        }
    }
}
