import Addressing
import Enforcement
import Policy
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

    /// What is stopped: `to 192.0.2.7 tcp 443`, `quarantine but 10.0.0.9/32`.
    static func what(_ order: BlockOrder) -> String {
        var words: [String] = []
        switch order.target {
        case .everything(let allowed):
            if case .address = order.subject { words.append("with anybody") } else { words.append("quarantine") }
            if !allowed.isEmpty { words.append("but \(allowed.map(text).joined(separator: " "))") }
        case .traffic(let remote, let traffic):
            switch remote {
            case .anyone: words.append("to anybody")
            case .prefix(let prefix): words.append("to \(text(prefix))")
            case .domain(let answer): words.append("to \(answer.name)")
            }
            if let number = traffic.protocolNumber { words.append(name(of: number)) }
            if !traffic.ports.isEmpty { words.append(traffic.ports.map(PortWords.text).joined(separator: ",")) }
        }
        if order.options.contains(.bothDirections) { words.append("both ways") }
        if order.options.contains(.newOnly) { words.append("new only") }
        if order.options.contains(.cut) { words.append("cut") }
        return Printable.text(words.joined(separator: " "))
    }

    private static func text(_ prefix: IPPrefix) -> String { prefix.isSingle ? "\(prefix.address)" : "\(prefix)" }

    private static func name(of number: UInt8) -> String {
        PolicyProtocol.allCases.first { $0.number == number }?.rawValue ?? "protocol \(number)"
    }
}
