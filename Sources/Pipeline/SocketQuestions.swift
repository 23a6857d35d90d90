import Addressing
import Containers

/// Whose sockets are to be asked for, and which flows wait for the answer.
///
/// Bounded: beyond `limit` open questions no more are asked, and that is counted.
struct SocketQuestions {
    private struct Open {
        var question: SocketQuestion
        /// Serial of the flow.
        var flow: UInt32
    }

    private var open: [SocketKey: Open] = [:]
    private var openByFlow: [UInt32: Int] = [:]
    private var unasked: [SocketQuestion] = []
    /// How many were not asked.
    private(set) var refused: UInt64 = 0

    static var limit: Int { 4096 }
    /// An answer that has not come after so long, in nanoseconds, does not come.
    private static var patience: Int64 { 5_000_000_000 }

    var isEmpty: Bool { open.isEmpty }

    /// Whether a flow waits for an answer.
    func isOpen(_ flow: UInt32) -> Bool { openByFlow[flow] != nil }

    /// The flow that waits for the answer about a socket.
    func flow(waitingFor key: SocketKey) -> UInt32? { open[key]?.flow }

    /// Asks on behalf of a flow; returns whether there was room.
    mutating func ask(_ question: SocketQuestion, for flow: UInt32) -> Bool {
        // What had these ends before is over.
        close(question.key)
        if open.count >= Self.limit { closeOld(at: question.since) }
        guard open.count < Self.limit else {
            refused += 1
            return false
        }
        open[question.key] = Open(question: question, flow: flow)
        openByFlow[flow, default: 0] += 1
        unasked.append(question)
        return true
    }

    /// What is to be asked now, whoever began first. Those stay open until they are closed.
    mutating func take() -> [SocketQuestion] {
        guard !unasked.isEmpty else { return [] }
        defer { unasked.removeAll(keepingCapacity: true) }
        return unasked.filter { !$0.isServer } + unasked.filter(\.isServer)
    }

    /// It was answered, or never will be.
    mutating func close(_ key: SocketKey) {
        guard let closed = open.removeValue(forKey: key) else { return }
        let left = openByFlow[closed.flow, default: 0] - 1
        openByFlow[closed.flow] = left > 0 ? left : nil
    }

    /// A translation turns up: whoever began knows the other end by the address it had before. Asks again under that.
    mutating func translate(_ translation: Translation) {
        let shown = SocketKey(
            namespace: translation.namespace,
            protocolNumber: translation.protocolNumber,
            local: translation.shownSource,
            remote: translation.realDestination
        )
        guard let known = open[shown], !known.question.isServer else { return }
        var question = known.question
        question.key.local = translation.realSource
        question.key.remote = translation.shownDestination
        guard question.key != shown else { return }
        close(shown)
        _ = ask(question, for: known.flow)
    }

    private mutating func closeOld(at time: Timestamp) {
        let old = open.values.filter { time.nanoseconds - $0.question.since.nanoseconds > Self.patience }
        for each in old { close(each.question.key) }
    }
}
