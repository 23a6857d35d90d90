package import Addressing

/// The exceptions, ready to be asked for a rule.
struct ExceptionRules {
    private struct Entry {
        var place: Int
        var pattern: NamePattern
        var source: Int32?
        var destination: Int32?
        var hasDestination: Bool
        var end: Timestamp
    }

    private var whole: [String: [Entry]] = [:]
    private var open: [Entry] = []

    init(_ exceptions: [PolicyException], number: (Selector) -> Int32) {
        for (place, exception) in exceptions.enumerated() {
            let entry = Entry(
                place: place,
                pattern: exception.rule,
                source: exception.source.map(number),
                destination: exception.destination.map(number),
                hasDestination: exception.destination != nil,
                end: exception.end
            )
            if exception.rule.isOpen {
                open.append(entry)
            } else {
                whole[exception.rule.text, default: []].append(entry)
            }
        }
    }

    /// The first that spares a finding; nil when there is none. Where the finding has no destination, one that asks for it does not.
    func place(rule: String, source: EndProfile, destination: EndProfile?, at time: Timestamp) -> Int? {
        let category = String(rule.prefix { $0 != "." })
        var candidates = whole[rule] ?? []
        if category != rule { candidates += whole[category] ?? [] }
        candidates += open.filter { $0.pattern.matches(rule) }
        return candidates.filter { entry in
            time < entry.end && source.holds(entry.source)
                && (!entry.hasDestination || destination?.holds(entry.destination) ?? false)
        }.map(\.place).min()
    }
}

extension CompiledPolicy {
    /// The exception that keeps something found from being told, at the time of the packet that made it; nil when there is none.
    package mutating func exception(
        for rule: String,
        source: PolicyEnd,
        destination: PolicyEnd? = nil,
        at time: Timestamp
    ) -> PolicyException? {
        forgetWhenFull()
        let from = profiles.profile(of: source)
        let to = destination.map { profiles.profile(of: $0) }
        return exceptions.place(rule: rule, source: from, destination: to, at: time).map { declared.exceptions[$0] }
    }
}
