import Addressing

extension FloodTarget {
    /// What there is to tell of it now.
    func alert(_ key: FloodKey, at time: Timestamp) -> Alert {
        let (party, isOfMany) = sender
        let rule = key.kind.rule
        let first = first ?? time
        let last = max(last ?? time, first)
        let place = key.port == 0 ? victim.name : "\(victim.name) port \(key.port)"
        var alert = Alert(
            rule: rule,
            severity: rule.severity,
            time: time,
            source: party,
            destination: victim,
            first: first,
            last: last,
            count: count,
            evidence: evidence.ordered,
            message: ""
        )
        alert.isOfMany = isOfMany
        let sender = isOfMany ? "Many" : party.name
        let verb = isOfMany ? "flood" : "floods"
        let span = Elapsed.text(from: first, to: last)
        alert.message = "\(sender) \(verb) \(place): \(count) \(key.kind.words) \(span)"
        return alert
    }
}
