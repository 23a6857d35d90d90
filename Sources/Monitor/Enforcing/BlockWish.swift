package import Addressing
package import Enforcement
package import Policy
import Records

/// What somebody wants blocked, in the words of a command or a request: who is meant is not looked up yet.
package struct BlockWish: Hashable, Sendable {
    package enum Who: Hashable, Sendable {
        /// A container's name, or the beginning of its identifier.
        case container(String)
        case selector(Selector)
        case address(IPAddress)
    }

    /// Why words cannot be understood: text for whoever wrote them.
    package struct Mistake: Error, Hashable, CustomStringConvertible {
        package let description: String

        package init(_ description: String) { self.description = description }
    }

    package var who: Who
    package var target: BlockTarget
    /// A name that is to be looked up among what the container was answered.
    package var name: String?
    /// The addresses at which containers, by their identifiers, were seen to call that name.
    package var answers: [String: Set<IPAddress>] = [:]
    package var options: BlockOptions
    /// How long it shall hold.
    package var duration: Duration
    package var reason: String

    /// How long a block holds when nobody says: an hour.
    package static var duration: Duration { .seconds(3600) }
    /// The longest: 3650 days.
    package static var longest: Duration { .seconds(3650 * 86_400) }

    /// The names of what can be said.
    package static let names: Set<String> = [
        "container", "selector", "address", "to", "port", "protocol", "for", "because", "quarantine", "allow", "both",
        "new_only", "cut",
    ]

    /// Reads what was said, by name; `selector`, `port` and `allow` may come several times.
    package init(_ words: [String: [String]]) throws(Mistake) {
        for (name, values) in words where values.count > 1 && !["selector", "port", "allow"].contains(name) {
            throw Mistake("\(name) is given twice")
        }
        who = try Self.who(words)
        options = []
        if try Self.flag("both", words) { options.insert(.bothDirections) }
        if try Self.flag("new_only", words) { options.insert(.newOnly) }
        if try Self.flag("cut", words) { options.insert(.cut) }
        duration = try Self.duration(words["for"]?.first)
        reason = words["because"]?.first ?? ""
        (target, name) = try Self.target(words)
    }

    private static func who(_ words: [String: [String]]) throws(Mistake) -> Who {
        var said: [Who] = []
        if let name = words["container"]?.first {
            guard !name.isEmpty else { throw Mistake("container wants a name or an identifier") }
            said.append(.container(name))
        }
        if let list = words["selector"], !list.isEmpty {
            var selector = Selector()
            for word in list where !SelectorWords.add(word, to: &selector) {
                let kinds = SelectorWords.kinds.joined(separator: ", ")
                throw Mistake("selector is KIND=PATTERN, and KIND one of \(kinds)")
            }
            said.append(.selector(selector))
        }
        if let text = words["address"]?.first {
            guard let address = IPAddress(text) else { throw Mistake("address wants an address such as 192.0.2.7") }
            said.append(.address(address))
        }
        guard said.count == 1, let who = said.first else {
            throw Mistake("say whom to block: a container, a selector or an address, and one of them")
        }
        return who
    }

    private static func target(_ words: [String: [String]]) throws(Mistake) -> (BlockTarget, name: String?) {
        let ports = try ports(words["port"] ?? [])
        let number = try protocolNumber(words["protocol"]?.first)
        let to = words["to"]?.first
        if try flag("quarantine", words) {
            guard to == nil, ports.isEmpty, number == nil else {
                throw Mistake("a quarantine is of everything: no to, port or protocol with it")
            }
            var allowed: [IPPrefix] = []
            for text in words["allow"] ?? [] {
                guard let prefix = IPPrefix(text) else {
                    throw Mistake("allow wants an address or a block of them such as 10.0.0.0/8")
                }
                allowed.append(prefix)
            }
            return (.everything(allowing: allowed), nil)
        }
        guard words["allow"] == nil else { throw Mistake("allow goes with quarantine") }
        let traffic = Traffic(protocolNumber: number, ports: ports)
        if case nil = to, ports.isEmpty, number == nil, words["address"] != nil {
            return (.everything(allowing: []), nil)
        }
        guard let to else { return (.traffic(.anyone, traffic), nil) }
        if let prefix = IPPrefix(to) { return (.traffic(.prefix(prefix), traffic), nil) }
        guard to.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x2f }), 1...253 ~= to.utf8.count else {
            throw Mistake("to wants an address, a block of them, or a name")
        }
        return (.traffic(.anyone, traffic), to.lowercased())
    }

    private static func flag(_ name: String, _ words: [String: [String]]) throws(Mistake) -> Bool {
        switch words[name]?.first {
        case nil, "0", "false": return false
        case "", "1", "true": return true
        default: throw Mistake("\(name) is true or false")
        }
    }

    private static func ports(_ texts: [String]) throws(Mistake) -> [ClosedRange<UInt16>] {
        var ranges: [ClosedRange<UInt16>] = []
        for text in texts.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
            guard let range = PortWords.range(text) else {
                throw Mistake("port wants a number, or two with a hyphen, such as 443 or 8000-8010")
            }
            ranges.append(range)
        }
        guard ranges.count <= Traffic.portLimit else { throw Mistake("at most \(Traffic.portLimit) ranges of ports") }
        // In order and apart from one another.
        var merged: [ClosedRange<UInt16>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    private static func protocolNumber(_ text: String?) throws(Mistake) -> UInt8? {
        guard let text, text != "any" else { return nil }
        if let number = UInt8(text) { return number }
        guard let known = PolicyProtocol(rawValue: text) else {
            let words = PolicyProtocol.allCases.map(\.rawValue).joined(separator: ", ")
            throw Mistake("protocol is \(words), or a number up to 255")
        }
        return known.number
    }

    private static func duration(_ text: String?) throws(Mistake) -> Duration {
        guard let text else { return duration }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()), number > 0,
            case let (seconds, isTooMuch) = number.multipliedReportingOverflow(by: unit), !isTooMuch,
            Duration.seconds(seconds) <= longest
        else { throw Mistake("for wants a time such as 90s, 10m, 2h or 7d, at most 3650d") }
        return .seconds(seconds)
    }
}
