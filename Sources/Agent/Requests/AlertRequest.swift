import Addressing
import HTTP
import Records
import Store

/// Which alerts are asked for.
struct AlertRequest {
    var query = AlertQuery()
    /// The newest so many of the stored ones; nil is all.
    var last: Int?
    /// Whether those that come from now on are told, too.
    var follows: Bool
    /// Whether stored ones are told at all.
    var isStored: Bool

    static let names: Set<String> = ["since", "until", "last", "severity", "rule", "filter", "follow"]

    /// The most stored alerts that `last` counts.
    static var lastLimit: Int { 10_000 }

    init(_ request: HTTPRequest, now: Timestamp) throws(Parameters.Mistake) {
        let parameters = try Parameters(request, names: Self.names, now: now)
        query.since = try parameters.moment("since")
        query.until = try parameters.moment("until")
        if let text = parameters.text("severity") {
            guard let severity = AlertFilter.severity(text) else {
                throw Parameters.Mistake(message: "severity is low, medium, high, critical, or a number from 0 to 100")
            }
            query.filter.leastSeverity = severity
        }
        if let text = parameters.text("rule"), !query.filter.ask(rules: text) {
            throw Parameters.Mistake(message: "rule is a rule or a category, or several: scan.vertical,flood")
        }
        query.filter.ends = try parameters.filter("filter")
        if let word = query.filter.ends.wordOfFlowsAlone {
            let known = FlowFilter.wordsOfAlerts.joined(separator: ", ")
            throw Parameters.Mistake(message: "filter: \(word) is asked of flows; of alerts there are \(known)")
        }
        last = try parameters.number("last", in: 1...Self.lastLimit)
        follows = try parameters.flag("follow")
        if follows, query.until != nil {
            throw Parameters.Mistake(message: "until goes without follow: what is to come has no end")
        }
        isStored = !follows || query.since != nil || last != nil
    }
}
