import Addressing
import Flows
import Records

/// Flows whose ends have no name yet: those not told of, as the name is about to come, and those told of without.
///
/// What the kernel and the runtimes say of a container comes some milliseconds before or after its first packet. A start
/// waits at most `patience`; then it is told without the name, which comes in a `flow_updated`.
struct WaitingFlows {
    private var held: [UInt32: Flow] = [:]
    private var unfollowed: Set<UInt32> = []
    /// What became of held ones meanwhile, and when.
    private var outcomes: [UInt32: (TryOutcome, time: Timestamp)] = [:]
    /// Those that were held back and turned out to be such as nobody waits for an answer to.
    private var abandoned: Set<UInt32> = []
    /// Serials of held flows in the order they began; those let go early are still in it.
    private var queue: [UInt32] = []
    private var head = 0
    /// Those told of, with what was said of their ends then.
    private(set) var nameless: [UInt32: (flow: Flow, told: FlowIdentities?)] = [:]
    /// Whether something was learned, since it was asked last, that may be of any of them.
    var isStale = false
    /// Those of which something was learned, by their serials.
    private var touched: Set<UInt32> = []
    private var checked: Int64?

    /// In nanoseconds: 120 ms. With the 40 ms that packets may lie in the kernel, the record is written within 200 ms of the first.
    static var patience: Int64 { 120_000_000 }
    /// How long between two looks at all that wait, in nanoseconds: so long at least, and so long for each of them, as a look costs
    /// microseconds a flow. However many wait, and however much is learned, looking leaves most of the time to packets.
    static var pause: Int64 { 10_000_000 }
    static var pauseOfFlow: Int64 { 20_000 }
    /// The most starts held back; what comes then is told at once.
    static var heldLimit: Int { 4096 }
    /// The most flows waited for after their start was told.
    static var namelessLimit: Int { 16_384 }

    var isEmpty: Bool { held.isEmpty && nameless.isEmpty }

    /// Holds a start back; false when there is no room. `isFollowed` says whether its sockets were looked at.
    mutating func hold(_ flow: Flow, isFollowed: Bool) -> Bool {
        guard held.count < Self.heldLimit else { return false }
        if !isFollowed { unfollowed.insert(flow.serial) }
        held[flow.serial] = flow
        queue.append(flow.serial)
        return true
    }

    /// Notes what became of a flow; false when it is not held, so that this can be told at once.
    mutating func note(_ outcome: TryOutcome, of serial: UInt32, at time: Timestamp) -> Bool {
        guard held[serial] != nil else { return false }
        outcomes[serial] = (outcome, time)
        return true
    }

    /// What became of a flow that was held and has just been told of.
    mutating func takeOutcome(of serial: UInt32) -> (TryOutcome, time: Timestamp)? {
        outcomes.isEmpty ? nil : outcomes.removeValue(forKey: serial)
    }

    /// Notes that nobody waits for an answer to a flow that was held; until it ends.
    mutating func abandon(_ serial: UInt32) { abandoned.insert(serial) }

    func isAbandoned(_ serial: UInt32) -> Bool { !abandoned.isEmpty && abandoned.contains(serial) }

    mutating func takeAbandoned(_ serial: UInt32) -> Bool { !abandoned.isEmpty && abandoned.remove(serial) != nil }

    func isHeld(_ serial: UInt32) -> Bool { held[serial] != nil }

    /// Whether the sockets of a held flow were not looked at yet; from now on they were.
    mutating func takeUnfollowed(_ serial: UInt32) -> Bool { unfollowed.remove(serial) != nil }

    /// Expects more to be known of a flow than was told, which it is told again for; of nil anything is more.
    mutating func expect(_ flow: Flow, told: FlowIdentities?) {
        if nameless.count < Self.namelessLimit { nameless[flow.serial] = (flow, told) }
    }

    /// Lets go of a flow of which something else is about to be told; returns its start if that was held back.
    mutating func release(_ serial: UInt32) -> Flow? {
        unfollowed.remove(serial)
        return held.removeValue(forKey: serial)
    }

    /// Waits no more for the name of a flow.
    mutating func forget(_ serial: UInt32) { nameless[serial] = nil }

    /// Whether names are worth another look at that time.
    mutating func wantsLook(at time: Int64) -> Bool {
        if !isStale { return false }
        let pause = max(Self.pause, Int64(held.count + nameless.count) * Self.pauseOfFlow)
        if let checked, checked <= time, time &- checked < pause { return false }
        isStale = false
        checked = time
        return true
    }

    /// Something was learned of this flow alone, which is looked at with the next batch.
    mutating func touch(_ serial: UInt32) {
        if held[serial] != nil || nameless[serial] != nil { touched.insert(serial) }
    }

    /// Those of which something was learned since this was asked last, by their serials, in order.
    mutating func takeTouched() -> [UInt32] {
        if touched.isEmpty { return [] }
        defer { touched.removeAll(keepingCapacity: true) }
        return touched.sorted()
    }

    /// The starts held back, in the order they began.
    var starts: [Flow] { queue[head...].compactMap { held[$0] } }

    /// The start of one flow, if that is held back.
    func start(of serial: UInt32) -> Flow? { held[serial] }

    /// The next start whose patience is over at that time.
    mutating func takeDue(at time: Int64) -> Flow? {
        while head < queue.count {
            guard let flow = held[queue[head]] else {
                head += 1
                continue
            }
            guard time &- flow.first.nanoseconds >= Self.patience else { break }
            head += 1
            held[flow.serial] = nil
            unfollowed.remove(flow.serial)
            return flow
        }
        if head > 1024, head * 2 > queue.count {
            queue.removeFirst(head)
            head = 0
        }
        return nil
    }
}
