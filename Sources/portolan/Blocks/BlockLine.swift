import Enforcement
import Records

/// A block in a line, for people. Names in it come from outside, and are made printable.
enum BlockLine {
    /// What became of it: `block_added #17: web to 192.0.2.7 tcp 443, until …`.
    static func text(_ record: BlockRecord) -> String {
        var text = record.action.rawValue
        if record.block.identifier.number > 0 { text += " \(record.block.identifier)" }
        text += ": \(record.who) \(what(record.block.order))"
        if let ended = record.endedBy {
            text += ", ended by \(ended), \(record.stopped.packets) packets stopped"
        } else if record.action == .added {
            text += ", asked for by \(record.block.order.author)"
            if !record.block.order.reason.isEmpty { text += ": \(record.block.order.reason)" }
        }
        if let message = record.message { text += "; \(message)" }
        return Printable.text(text)
    }

    /// What is stopped: `to 192.0.2.7 tcp 443`, `quarantine but 10.0.0.9`.
    static func what(_ order: BlockOrder) -> String { Printable.text(BlockWords.what(order)) }
}
