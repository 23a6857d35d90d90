import Addressing
import Containers
import Flows
import Records

/// Answers that the journal gave, for as long as it would give them again.
///
/// Flows are many and ends are few: to find one out takes ten times as long as to remember it. Only of times at which the
/// journal is quiet is anything remembered, so that an answer from here is the journal's own. Bounded by `limit` ends; when
/// there are more, it begins anew.
struct IdentityMemo {
    private var answers: [EndKey: SharedIdentity] = [:]
    /// The journal's, and that of the observation points, when it gave them.
    private var revision: UInt64 = 0
    private var pointsVersion: UInt64 = 0

    /// The most answers that are remembered.
    static var limit: Int { 8192 }

    /// Who the ends of a flow are. `ends` are the real ones; `nat` are the others that NAT has shown.
    mutating func identities(
        of flow: Flow,
        _ ends: FlowEnds,
        _ nat: (source: FlowTranslation.End?, destination: FlowTranslation.End?),
        _ book: borrowing FlowBook,
        _ journal: borrowing IdentityJournal
    ) -> FlowIdentities {
        let isQuiet = journal.isQuiet(at: flow.first)
        if isQuiet, revision != journal.revision || pointsVersion != book.pointsVersion {
            answers.removeAll(keepingCapacity: true)
            (revision, pointsVersion) = (journal.revision, book.pointsVersion)
        }
        let source = isQuiet ? remembered(flow, ofSource: true, ends, book, journal) : nil
        let destination = isQuiet ? remembered(flow, ofSource: false, ends, book, journal) : nil
        let hostName = book.isElsewhere(flow) ? nil : journal.hostName
        if let source, let destination {
            return FlowIdentities(source: source, destination: destination, hostName: hostName)
        }
        let path = book.path(of: flow)
        let sockets = journal.hasSockets ? journal.socketEnds(of: flow, ends, nat) : nil
        return FlowIdentities(
            source: source
                ?? SharedIdentity(
                    journal.identify(journal.question(flow, ofSource: true, ends, sockets, path, book))
                ),
            destination: destination
                ?? SharedIdentity(
                    journal.identify(journal.question(flow, ofSource: false, ends, sockets, path, book))
                ),
            hostName: hostName
        )
    }

    /// The answer as it is for all flows that have that end. Nil where only the flow's own socket may tell.
    private mutating func remembered(
        _ flow: Flow,
        ofSource isSource: Bool,
        _ ends: FlowEnds,
        _ book: borrowing FlowBook,
        _ journal: borrowing IdentityJournal
    ) -> SharedIdentity? {
        let end = isSource ? ends.source : ends.destination
        guard let key = EndKey(flow, ofSource: isSource, at: end, book) else { return nil }
        let answer: SharedIdentity
        if let known = answers[key] {
            answer = known
        } else {
            var question = journal.question(flow, ofSource: isSource, ends, nil, book.path(of: flow), book)
            question.port = nil
            question.protocolNumber = 0
            question.isServer = false
            answer = remember(journal.identify(question), under: key)
        }
        // Each of those it may be has listeners and sockets of its own.
        if answer.isUndecided { return nil }
        let isShared = answer.sharedNamespace(journal.host) != nil
        // Only where somebody listens does a server's port make a difference.
        guard !isSource, flow.hasPorts, let namespace = answer.namespace,
            journal.hasListener(at: end.port, protocolNumber: flow.protocolNumber, in: namespace)
        else { return isShared && journal.hasSockets ? nil : answer }
        if isShared { return nil }
        let portKey = key.with(port: end.port, protocolNumber: flow.protocolNumber)
        if let known = answers[portKey] { return known }
        let question = journal.question(flow, ofSource: isSource, ends, nil, book.path(of: flow), book)
        return remember(journal.identify(question), under: portKey)
    }

    private mutating func remember(_ identity: Identity, under key: EndKey) -> SharedIdentity {
        let answer = SharedIdentity(identity)
        if answers.count >= Self.limit { answers.removeAll(keepingCapacity: true) }
        answers[key] = answer
        return answer
    }
}
