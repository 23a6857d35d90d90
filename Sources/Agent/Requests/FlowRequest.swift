import Addressing
import HTTP
import Records
import Store

/// Which flows are asked for.
struct FlowRequest {
    var query = FlowQuery()
    /// The newest so many of the stored ones; nil is all.
    var last: Int?
    /// Whether those that come from now on are told, too.
    var follows: Bool
    /// Whether stored ones are told at all.
    var isStored: Bool
    /// Whether of those that come also beginnings and what becomes of them is told.
    var tellsAll: Bool

    static let names: Set<String> = ["since", "until", "last", "filter", "follow", "events"]

    /// The most stored flows that `last` counts.
    static var lastLimit: Int { 10_000 }

    init(_ request: HTTPRequest, now: Timestamp) throws(Parameters.Mistake) {
        let parameters = try Parameters(request, names: Self.names, now: now)
        query.since = try parameters.moment("since")
        query.until = try parameters.moment("until")
        query.filter = try parameters.filter("filter")
        last = try parameters.number("last", in: 1...Self.lastLimit)
        follows = try parameters.flag("follow")
        switch parameters.text("events") {
        case nil, "ended": tellsAll = false
        case "flows": tellsAll = true
        default: throw Parameters.Mistake(message: "events is ended or flows")
        }
        if follows, query.until != nil {
            throw Parameters.Mistake(message: "until goes without follow: what is to come has no end")
        }
        isStored = !follows || query.since != nil || last != nil
    }
}
