import Addressing
import Containers
import Records

/// Answers that the journal gave, for as long as it would give them again.
///
/// Flows are many and ends are few: to find one out takes ten times as long as to remember it. Only of times at which the
/// journal is quiet is anything remembered, so that an answer from here is the journal's own. Bounded by `limit` ends; when
/// there are more, it begins anew.
struct IdentityMemo {
    private var answers: [IdentityQuestion: SharedIdentity] = [:]
    /// The journal's when it gave them.
    private var revision: UInt64 = 0

    /// The most answers that are remembered.
    static var limit: Int { 8192 }

    mutating func identity(_ question: IdentityQuestion, _ journal: borrowing IdentityJournal) -> SharedIdentity {
        guard journal.isQuiet(at: question.time) else { return SharedIdentity(journal.identify(question)) }
        if revision != journal.revision {
            answers.removeAll(keepingCapacity: true)
            revision = journal.revision
        }
        let answer = remembered(question.ofAddress, at: question.time, journal)
        let hasListener = question.isServer && hasListener(question, answer.namespace, journal)
        // Where a socket decides, the next connection may be another's.
        let isShared = answer.sharedNamespace(journal.host) != nil
        if isShared, hasListener || question.peer != nil { return SharedIdentity(journal.identify(question)) }
        return hasListener ? remembered(question.ofPort, at: question.time, journal) : answer
    }

    /// The journal's answer to a question without time, which it is asked at a quiet one.
    private mutating func remembered(
        _ key: IdentityQuestion,
        at time: Timestamp,
        _ journal: borrowing IdentityJournal
    ) -> SharedIdentity {
        if let known = answers[key] { return known }
        var question = key
        question.time = time
        let answer = SharedIdentity(journal.identify(question))
        if answers.count >= Self.limit { answers.removeAll(keepingCapacity: true) }
        answers[key] = answer
        return answer
    }

    private func hasListener(
        _ question: IdentityQuestion,
        _ namespace: NetworkNamespace?,
        _ journal: borrowing IdentityJournal
    ) -> Bool {
        guard let namespace, let port = question.port else { return false }
        return journal.hasListener(at: port, protocolNumber: question.protocolNumber, in: namespace)
    }
}

extension IdentityQuestion {
    /// Without what one connection has of its own.
    fileprivate var ofPort: Self {
        var question = self
        question.time = Timestamp(nanoseconds: 0)
        question.peer = nil
        return question
    }

    /// Without what makes no difference where nobody listens.
    fileprivate var ofAddress: Self {
        var question = ofPort
        question.port = nil
        question.protocolNumber = 0
        question.isServer = false
        return question
    }
}
