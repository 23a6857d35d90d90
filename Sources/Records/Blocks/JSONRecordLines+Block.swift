import Addressing
import Containers
import Enforcement
import Policy

/// What is blocked.
extension JSONRecordLines {
    mutating func write(_ record: BlockRecord) {
        let order = record.block.order
        json.beginLine()
        json.pair("@timestamp", record.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", record.action == .state ? "state" : record.action == .failsOpen ? "alert" : "event")
        json.pair("action", record.action.rawValue)
        json.pair("start", record.block.from, digits: 9)
        json.pair("end", record.ended, digits: 9)
        json.end(event)
        let rule = json.beginObject("rule")
        if record.action == .failsOpen { json.pair("id", "enforcement.fail_open") }
        json.pair("category", "enforcement")
        json.end(rule)
        json.pair("message", record.message)
        let source = json.beginObject("source")
        if case .address(let address) = order.subject { json.pair("ip", address) }
        if let container = record.container { write(container) }
        json.end(source)
        let portolan = json.beginObject("portolan")
        write(record, order)
        json.end(portolan)
        json.endLine()
    }

    private mutating func write(_ record: BlockRecord, _ order: BlockOrder) {
        let block = json.beginObject("block")
        if record.block.identifier.number > 0 { json.pair("id", record.block.identifier.number) }
        json.pair("state", record.state.rawValue)
        json.pair("reason", order.reason)
        json.pair("until", record.block.until, digits: 9)
        json.pair("packets", record.stopped.packets)
        json.pair("bytes", record.stopped.bytes)
        write(order.subject)
        write(order.target)
        let options = json.beginArray("options")
        for word in order.options.words { json.value(word) }
        json.end(options)
        let author = json.beginObject("author")
        switch order.author {
        case .person(let user, let name):
            json.pair("uid", user)
            json.pair("name", name)
        case .rule(let rule, let alert):
            json.pair("rule", rule)
            json.pair("alert", alert)
        case .course: break
        }
        json.end(author)
        json.pair("ended_by", record.endedBy)
        json.end(block)
    }

    private mutating func write(_ subject: BlockSubject) {
        let object = json.beginObject("who")
        switch subject {
        case .container(let key):
            json.pair("container", key.identifier)
            json.pair("generation", key.generation)
        case .selector(let selector):
            let words = json.beginArray("selector")
            for word in SelectorWords.list(of: selector) { json.value(word) }
            json.end(words)
        case .address(let address): json.pair("ip", address)
        }
        json.end(object)
    }

    private mutating func write(_ target: BlockTarget) {
        let object = json.beginObject("what")
        switch target {
        case .everything(let allowed):
            json.pair("quarantine", true)
            let list = json.beginArray("allow")
            for prefix in allowed { json.value("\(prefix)") }
            json.end(list)
        case .traffic(let remote, let traffic):
            switch remote {
            case .anyone: break
            case .prefix(let prefix): json.pair("to", "\(prefix)")
            case .domain(let answer):
                json.pair("domain", answer.name)
                let list = json.beginArray("addresses")
                for address in answer.addresses { json.value(address) }
                json.end(list)
            }
            json.pair("protocol", traffic.protocolNumber)
            let ports = json.beginArray("ports")
            for range in traffic.ports { json.value(PortWords.text(of: range)) }
            json.end(ports)
        }
        json.end(object)
    }
}

extension BlockOptions {
    /// As they stand in records.
    package var words: [String] {
        var words: [String] = []
        if contains(.newOnly) { words.append("new_only") }
        if contains(.cut) { words.append("cut") }
        if contains(.bothDirections) { words.append("both") }
        return words
    }

    package init?(words: [String]) {
        self = []
        for word in words {
            switch word {
            case "new_only": insert(.newOnly)
            case "cut": insert(.cut)
            case "both": insert(.bothDirections)
            default: return nil
            }
        }
    }
}

/// Ports as text: `443`, `8000-8010`.
package enum PortWords {
    package static func text(of range: ClosedRange<UInt16>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }

    package static func range(_ text: some StringProtocol) -> ClosedRange<UInt16>? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { UInt16($0) }
        guard let first = ends.first, let low = first, let last = ends.last, let high = last, low <= high else {
            return nil
        }
        return low...high
    }
}
