import Addressing
import Baseline
import Flows

/// What is new with a container lately, of one rule: what was told of it, and what is told together.
struct Deviations: Sendable {
    /// What there is to tell.
    struct Told: Sendable {
        var count: Int
        var first: Timestamp
        var evidence: [FlowIdentifier]
    }

    private var kinds = RecentSet<Deviation.Kind>(limit: Self.limit)
    private var count = 0
    private var first: Timestamp?
    private var evidence = Evidence()
    private var telling = Telling()

    /// Different things that are remembered. One that comes again after so many others counts again.
    static var limit: Int { 64 }

    /// Notes one. Returns what there is to tell of it: nothing when it is no news, or one of many that were told of together.
    mutating func note(_ deviation: Deviation, each: Int) -> Told? {
        if let first, deviation.time.seconds - first.seconds >= RepeatFold.pause { self = Self() }
        guard kinds.insert(deviation.kind.withoutNumbers) else { return nil }
        let start = first ?? deviation.time
        first = start
        count += 1
        let flow = deviation.evidence.map { FlowIdentifier(bits: $0) }
        if let flow { evidence.add(flow) }
        if count <= each { return Told(count: count, first: deviation.time, evidence: flow.map { [$0] } ?? []) }
        guard telling.isNews(count, at: deviation.time) else { return nil }
        return Told(count: count, first: start, evidence: evidence.ordered)
    }
}

extension Deviation.Kind {
    /// The same whatever the numbers in it, so that what grows is no news.
    fileprivate var withoutNumbers: Self {
        if case .fanOut = self { .fanOut(0, known: 0) } else { self }
    }

    var rule: Rule {
        switch self {
        case .destination: .newDestination
        case .service: .newService
        case .name: .newName
        case .fanOut: .newFanOut
        case .listener: .newProfileListener
        }
    }

    /// What an alert says; names in it come from outside. `peer`: what the other end is called.
    func sentence(of name: String, peer: String?, count: Int) -> String {
        let (what, kind) =
            switch self {
            case .destination(let place, let service): ("calls \(peer ?? "\(place)") (\(service))", "destinations")
            case .service(let place, let service): ("calls \(peer ?? "\(place)") at \(service)", "services")
            case .name(let name): ("looked up \(name)", "names")
            case .listener(let service): ("listens at \(service)", "listeners")
            case .fanOut(let peers, let known):
                ("talked to \(peers) peers in a minute, where its profile has \(known) at most", "")
            }
        if case .fanOut = self { return "\(name) \(what)" }
        if count == 1 { return "\(name) \(what), which its profile has not" }
        return "\(name) has \(count) \(kind) that its profile has not; the last: it \(what)"
    }
}
