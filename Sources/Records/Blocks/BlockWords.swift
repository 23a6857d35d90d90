import Addressing
import Containers
package import Enforcement
import Policy

/// What is to be stopped, in words: for people, and as requests have it. Names in them come from outside.
package enum BlockWords {
    /// What is stopped: `to 192.0.2.7 tcp 443`, `quarantine but 10.0.0.9`.
    package static func what(_ order: BlockOrder) -> String {
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
        return words.joined(separator: " ")
    }

    /// What `POST /v1/blocks` takes for it, without how long and why.
    package static func request(_ order: BlockOrder) -> [(name: String, value: String)] {
        var words: [(name: String, value: String)] = []
        switch order.subject {
        case .container(let key): words.append(("container", key.identifier))
        case .selector(let selector): words += SelectorWords.list(of: selector).map { ("selector", $0) }
        case .address(let address): words.append(("address", "\(address)"))
        }
        switch order.target {
        case .everything(let allowed):
            if case .address = order.subject { break }
            words.append(("quarantine", "true"))
            words += allowed.map { ("allow", "\($0)") }
        case .traffic(let remote, let traffic):
            switch remote {
            case .anyone: break
            case .prefix(let prefix): words.append(("to", text(prefix)))
            case .domain(let answer): words.append(("to", answer.name))
            }
            if let number = traffic.protocolNumber { words.append(("protocol", "\(number)")) }
            words += traffic.ports.map { ("port", PortWords.text(of: $0)) }
        }
        return words + order.options.words.map { ($0, "true") }
    }

    private static func text(_ prefix: IPPrefix) -> String { prefix.isSingle ? "\(prefix.address)" : "\(prefix)" }

    private static func name(of number: UInt8) -> String {
        PolicyProtocol(number: number)?.rawValue ?? "protocol \(number)"
    }
}
