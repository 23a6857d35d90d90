/// Who sends most of something, if one sends more than half: the vote of Boyer and Moore, which remembers one, and how much came of
/// that one since it is the one.
struct SenderVote: Sendable {
    private(set) var leader: Party?
    private var votes = 0
    private var count = 0
    /// Of the leader, and of all, since it leads.
    private var own = 0
    private var since = 0

    mutating func add(_ party: Party) {
        count += 1
        since += 1
        if votes > 0, leader?.subject == party.subject {
            votes += 1
            own += 1
        } else if votes > 0 {
            votes -= 1
        } else if leader?.subject == party.subject {
            votes = 1
            own += 1
        } else {
            leader = party
            (votes, own, since) = (1, 1, 1)
        }
    }

    /// Whether the leader sent more than half, as far as can be told.
    var isMajority: Bool { own * 2 > since && since * 2 > count }
}
