import Addressing
import Flows

/// An inner address of an overlay, and the tunnel ends that speak for it.
struct InnerResident: Sendable {
    /// What an end does that speaks for it.
    struct Claim: Sendable {
        let end: IPAddress
        let first: Timestamp
        private(set) var count = 0
        private(set) var evidence = Evidence()

        init(_ passage: TunnelPassage) {
            end = passage.outer
            first = passage.first
            add(passage)
        }

        mutating func add(_ passage: TunnelPassage) {
            count += 1
            evidence.add(passage.flow)
        }
    }

    /// Where it lives, since when, and in how many flows.
    private var end: IPAddress
    private var since: Timestamp
    private var flows = 0
    /// Who spoke for it after that.
    private var other: Claim?
    /// Who speaks for it against what the journal says.
    private var misplaced: Claim?
    /// Second in which several ends spoke for it before it lived anywhere, as for a gateway that is everywhere.
    private var shared: Int64 = .min
    var telling = Telling()

    init(_ end: IPAddress, at time: Timestamp) { (self.end, since) = (end, time) }

    /// A flow began through an end. Returns who spoke for the resident in between, when its own end goes on.
    mutating func heard(_ passage: TunnelPassage, enough: Int) -> Claim? {
        let (sender, second) = (passage.outer, passage.time.seconds)
        if sender == end {
            flows += 1
            // Its last packets may cross the first ones from where it moved to.
            guard let other, passage.first.nanoseconds &- other.first.nanoseconds >= InnerSourceDetector.crossing else {
                return nil
            }
            self.other = nil
            return isRecent(other.first.seconds, at: second) && !isRecent(shared, at: second) ? other : nil
        }
        let isSettled = flows >= enough || flows > 1 && second &- since.seconds >= InnerSourceDetector.settled
        guard isSettled else {
            // Before it had a home somebody else spoke for it: both do.
            if flows > 0 { shared = second }
            move(to: sender, at: passage.time)
            return nil
        }
        guard var other, other.end == sender else {
            other = Claim(passage)
            return nil
        }
        other.add(passage)
        self.other = other
        // The former end fell silent: it moved.
        if other.count >= enough, second &- other.first.seconds >= InnerSourceDetector.settled {
            move(to: sender, at: passage.time)
        }
        return nil
    }

    /// How well it is known where it lives.
    enum Standing {
        /// Behind one end, and nobody else spoke for it.
        case settled
        /// Behind several, so that it says nothing who speaks for it for a while.
        case shared
        /// That is to be seen.
        case open
    }

    func standing(enough: Int, at time: Timestamp) -> Standing {
        if misplaced != nil { return .open }
        if shared == time.seconds { return .shared }
        return flows >= enough && other == nil ? .settled : .open
    }

    private func isRecent(_ then: Int64, at second: Int64) -> Bool {
        then != .min && second &- then <= InnerSourceDetector.contest
    }

    private mutating func move(to sender: IPAddress, at time: Timestamp) {
        (end, since, flows, other) = (sender, time, 1, nil)
    }

    /// The journal says that the resident lives elsewhere; returns the claim when it has said so often and long enough.
    mutating func denied(_ passage: TunnelPassage, enough: Int) -> Claim? {
        let second = passage.time.seconds
        guard var claim = misplaced, claim.end == passage.outer, isRecent(claim.first.seconds, at: second) else {
            misplaced = Claim(passage)
            return nil
        }
        claim.add(passage)
        misplaced = claim
        let isOld = second &- claim.first.seconds >= InnerSourceDetector.lag
        return isOld && claim.count >= enough ? claim : nil
    }
}
