import Addressing
package import Containers
import Enforcement
import Glibc
package import Privilege
package import Records
import Synchronization

/// Keeps blocks in the kernel as long as they hold, and nothing there that does not: on a thread of its own.
///
/// What others ask waits in a bounded inbox and is answered when the kernel has it, and was read back. What needs capabilities is done on
/// the privileged thread.
@safe package final class Enforcer: @unchecked Sendable {
    /// What became so of the host; whoever watches it leaves it here.
    package let facts: Inbox<JournalEntry>
    /// What became of blocks, in order.
    package let told: Inbox<BlockRecord>
    /// What a person should know, one line each, once.
    package let remarks: Inbox<String>

    /// What rules of detectors told of.
    private let troubles: Inbox<Trouble>
    private let calls: Inbox<Pending>
    private let stop: Waker
    private let state = Mutex(State())
    private let book: BlockBook
    private var thread: WorkerThread?
    private let remember: Remember

    /// Writes down what became of blocks, and calls back when that is done or will not be: whoever asked is answered then.
    package typealias Remember = @Sendable ([BlockRecord], _ done: @escaping @Sendable () -> Void) -> Void

    private struct State {
        var isOver = false
        var settings: EnforcementSettings?
        var held = HeldTally()
    }

    /// A call, and where its answer goes.
    private struct Pending: Sendable {
        var call: BlockCall
        var answer: @Sendable (BlockAnswer) -> Void
    }

    /// `facts` is what becomes so of the host from its beginning on, `path` one by which another namespace can be opened, and
    /// `remember` is called on the thread of the blocks. Throws `WatchError`.
    package init(
        privileged: PrivilegedThread,
        home: NetworkNamespace,
        facts: Inbox<JournalEntry>,
        settings: EnforcementSettings,
        firstNumber: UInt64,
        ownsTables: Bool = true,
        path: @escaping @Sendable (NetworkNamespace) -> String?,
        remember: @escaping Remember
    ) throws {
        self.facts = facts
        self.remember = remember
        told = try Inbox(limit: 65_536)
        remarks = try Inbox(limit: 256)
        calls = try Inbox(limit: 1024)
        stop = try Waker()
        let kernel = KernelTables(
            privileged: privileged,
            home: home,
            path: path,
            mayOwn: ownsTables,
            now: { Clock.now }
        )
        book = BlockBook(kernel: kernel, privileged: privileged, settings: settings, firstNumber: firstNumber)
        troubles = try Inbox(limit: 4096)
    }

    /// Puts back what held before, brings the kernel to it, and goes on until `end`.
    package func begin(with blocks: [BlockRecord]) throws {
        thread = try WorkerThread { self.loop(blocks) }
    }

    /// Asks, and waits for the answer.
    package func ask(_ call: BlockCall) async -> BlockAnswer {
        await withCheckedContinuation { continuation in
            leave(call) { continuation.resume(returning: $0) }
        }
    }

    /// Asks; `answer` is called once, on some thread.
    package func leave(_ call: BlockCall, _ answer: @escaping @Sendable (BlockAnswer) -> Void) {
        let pending = Pending(call: call, answer: answer)
        let isOver = state.withLock { state in
            if state.isOver { return true }
            return calls.put(CollectionOfOne(pending)) != 0
        }
        if isOver { answer(.refused(.failed, "Too many ask, or the agent ends; try again.")) }
    }

    /// Takes in what a rule told of; it never waits. What there is no room for is not answered.
    package func respond(to trouble: Trouble) { troubles.put(CollectionOfOne(trouble)) }

    /// What came of holding devices until they are known. From any thread.
    package var held: HeldTally { state.withLock(\.held) }

    /// Goes by other settings from now on.
    package func apply(_ settings: EnforcementSettings) {
        state.withLock { $0.settings = settings }
        stop.wake()
    }

    /// Ends, while the privileged thread is still there; blocks stay in the kernel until their time, and nothing is held any more.
    package func end() {
        let waiting = state.withLock { state in
            state.isOver = true
            return calls.take()
        }
        for each in waiting { each.answer(.refused(.failed, "The agent ends.")) }
        stop.wake()
        thread?.join()
    }

    private func loop(_ blocks: [BlockRecord]) {
        book.learn(facts.take(), at: Clock.now)
        book.restore(blocks, at: Clock.now)
        book.doubt()
        turn()
        while !state.withLock(\.isOver) {
            wait()
            turn()
        }
        // Once more by what the kernel has counted.
        if !book.endHolding(at: Clock.now, elapsed: { Clock.monotonic }) {
            book.doubt()
            book.settle(at: Clock.now, elapsed: { Clock.monotonic })
        }
        hand([])
        // What blocks have stopped since it was written down last: their time may be over before anybody looks again.
        let standing = book.ledger.blocks.map { book.record(of: $0, .state, at: Clock.now) }
            .filter { $0.stopped.packets > 0 }
        if !standing.isEmpty { remember(standing) {} }
    }

    /// Waits until there is something to do.
    private func wait() {
        let kernel = book.kernel.descriptors.map(\.descriptor)
        var requests = ([stop.descriptor, facts.descriptor, calls.descriptor, troubles.descriptor] + kernel).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let ends = book.ledger.nextDue.map { $0.nanoseconds &- Clock.now.nanoseconds }
        let looks = book.nextLook.map { $0 &- Clock.monotonic }
        // At least every five seconds, as one of the clocks may be set.
        let rest: Int64? = book.unvisited.isEmpty ? nil : 0
        let patience = [ends, looks, rest].compactMap { $0 }.reduce(5_000_000_000) { min($0, max(0, $1)) }
        let milliseconds = patience == 0 ? 0 : Int32(clamping: patience / 1_000_000 + 1)
        _ = unsafe poll(&requests, nfds_t(requests.count), milliseconds)
    }

    private func turn() {
        stop.clear()
        let time = Clock.now
        if let settings = state.withLock({ state in
            defer { state.settings = nil }
            return state.settings
        }) {
            book.apply(settings)
        }
        book.learn(facts.take(), at: time)
        book.advance(to: time)
        book.renewHolding(at: time)
        var touches: [NetworkNamespace: NamespaceTables.Touch] = [:]
        for (namespace, _) in book.kernel.descriptors {
            guard let touch = book.kernel.hear(in: namespace), touch.isTouched else { continue }
            touches[namespace] = touch
            book.doubt()
        }
        for trouble in troubles.take() { book.respond(to: trouble, at: time) }
        var acted: [(pending: Pending, blocks: [BlockIdentifier])] = []
        for pending in calls.take() {
            if let answer = book.answer(pending.call, at: time) {
                pending.answer(answer)
                continue
            }
            do throws(BlockRefusal) {
                acted.append((pending, try book.act(pending.call, at: time)))
                if case .panic = pending.call { book.clear() }
            } catch {
                pending.answer(.refused(error.reason, error.sentence))
            }
        }
        if book.isDue(elapsed: Clock.monotonic) {
            book.settle(at: Clock.now, touches: touches, elapsed: { Clock.monotonic })
        }
        let tally = book.heldTally
        state.withLock { $0.held = tally }
        hand(acted)
        book.visit()
    }

    /// Writes down what became of it all, and answers.
    private func hand(_ acted: [(pending: Pending, blocks: [BlockIdentifier])]) {
        // Whoever was told that something is not done need not find it later.
        let answers = acted.map { ($0.pending, book.outcome(of: $0.pending.call, $0.blocks, at: Clock.now)) }
        let records = book.takeTold()
        remarks.put(book.takeRemarks())
        let answer: @Sendable () -> Void = { for (pending, answer) in answers { pending.answer(answer) } }
        guard !records.isEmpty else { return answer() }
        told.put(records)
        remember(records, answer)
    }
}
