import Addressing
import Containers
import Flows
import Names
import Records
import Wire

/// What follows from the flow table's events: names for both ends, totals, and records for whoever listens.
@safe final class Conclusions: FlowSink {
    /// How many flows ended, and what they carried.
    struct Totals {
        /// Twins are one, and a flow cut by the active time-out is one.
        var flows: UInt64 = 0
        /// Each packet once.
        var packets: UInt64 = 0
        var bytes: UInt64 = 0
        /// Records that were cut while their flow went on.
        var continuations: UInt64 = 0

        @inline(__always)
        mutating func add(_ flow: borrowing Flow) {
            packets &+= flow.gain.packets
            bytes &+= flow.gain.bytes
            if flow.endReason == .active {
                continuations += 1
            } else if !flow.repeatsTwin, flow.endReason != .joined {
                flows += 1
            }
        }
    }

    /// All that changes, in one piece.
    struct State: ~Copyable {
        var totals = Totals()
        var names = NameTable()
        /// Whether there are any names: asked for every flow, and mostly there are none.
        var hasNames = false
        var journal = IdentityJournal()
        var memo = IdentityMemo()
        /// Whether anything stands in the journal.
        var hasJournal = false
        /// The flow that was judged last before its end is told; 0 is none.
        var judged: UInt32 = 0
        var waiting = WaitingFlows()
        var questions = SocketQuestions()
        var relays = RelayTable()
        var links = RelayLinks()

        /// Adds an ended flow; returns whether its names are worth looking for.
        @inline(__always)
        mutating func end(_ flow: borrowing Flow) -> Bool {
            totals.add(flow)
            return mayName(flow)
        }

        /// Whether names of a flow are worth looking for.
        @inline(__always)
        func mayName(_ flow: borrowing Flow) -> Bool {
            if hasNames || hasJournal { return true }
            return flow.hasApplication
        }
    }

    let sink: any RecordSink
    let interest: SocketInterest
    /// Whether whoever listens wants starts; else they are only looked at here.
    let tellsStarts: Bool
    /// Whether whoever listens wants starts for himself.
    private let sinkWantsStarts: Bool
    /// Who judges flows.
    private let judge: (any FlowJudge)?
    /// What he has in mind, for what is asked of every flow; it lives as long as `sink`.
    private let mind: UnsafeMutablePointer<Judge>?
    /// Whether whoever listens wants what is judged beside flows.
    let isJudged: Bool
    /// Behind an address of its own: each entry into a class's property is checked for overlap at run time (SE-0176), at
    /// more than the price of what is done to it for most flows. Nobody else has the address.
    private let state: UnsafeMutablePointer<State>

    init(settings: PipelineSettings, sink: any RecordSink) {
        self.sink = sink
        interest = settings.sockets
        isJudged = sink.judges
        judge = sink.judge
        sinkWantsStarts = sink.wantsStarts
        tellsStarts = settings.flows.reportsStarts || settings.sockets == .asked
        unsafe mind = (sink.judge as? DetectionSink)?.mind
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State())
    }

    deinit {
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// What was concluded so far.
    var totals: Totals { unsafe state.pointee.totals }

    /// What is open in the journal.
    var standing: [JournalEntry.Change] { unsafe state.pointee.journal.standing }

    /// Forgets all but totals, and gives back what is open in the journal.
    func startOver() -> [JournalEntry.Change] {
        let standing = standing
        let totals = totals
        unsafe state.pointee = State()
        unsafe state.pointee.totals = totals
        return standing
    }

    /// Takes an entry of the journal; names are looked up again with the next batch.
    func apply(_ entry: JournalEntry) {
        unsafe state.pointee.journal.apply(entry)
        unsafe state.pointee.hasJournal = true
        // Where sockets are asked for, it is known which flow waits for the answer.
        if case .socket = entry.change, interest == .asked {} else { waiting.isStale = true }
        if interest != .none { noteSockets(entry) }
    }

    /// What the journal says of scopes since it was asked last.
    func scopeChanges() -> [ScopeAssignment] { unsafe state.pointee.journal.scopeChanges() }

    /// Whether anything stands in the journal.
    var hasJournal: Bool { unsafe state.pointee.hasJournal }

    var journal: IdentityJournal {
        _read { yield unsafe state.pointee.journal }
    }

    /// Flows that wait for names.
    var waiting: WaitingFlows {
        get { unsafe state.pointee.waiting }
        _modify { yield unsafe &state.pointee.waiting }
    }

    /// Sockets that are asked for.
    var questions: SocketQuestions {
        get { unsafe state.pointee.questions }
        _modify { yield unsafe &state.pointee.questions }
    }

    /// Connections that processes of this host may pass on, and those that they do.
    var relays: RelayTable {
        get { unsafe state.pointee.relays }
        _modify { yield unsafe &state.pointee.relays }
    }

    var links: RelayLinks {
        get { unsafe state.pointee.links }
        _modify { yield unsafe &state.pointee.links }
    }

    /// Names forgotten early because their table was full.
    var namesForgotten: UInt64 { unsafe state.pointee.names.evicted }

    /// Gives an address a name for everyone.
    func pin(_ address: IPAddress, name: String) {
        unsafe state.pointee.names.pin(address, name: name)
        unsafe state.pointee.hasNames = true
    }

    /// Of a flow that nobody knows anything of but what the table does, whoever judges has seen enough at first look, mostly. Names matter
    /// to who calls by them; where a journal is kept, all flows are told whole.
    func begins(_ outline: FlowOutline, _ book: borrowing FlowBook) -> FirstLook {
        guard let mind = unsafe mind, !sinkWantsStarts, unsafe !state.pointee.hasJournal, !outline.isPartial else {
            return .tell
        }
        if unsafe state.pointee.hasNames, isNamed(outline) { return .tell }
        return unsafe mind.pointee.begins(outline, book)
    }

    func answered(_ outline: FlowOutline, _ book: borrowing FlowBook, at time: Timestamp) -> Bool {
        guard let mind = unsafe mind, unsafe !state.pointee.hasJournal, !outline.isPartial else { return false }
        return unsafe mind.pointee.answered(outline, at: time)
    }

    /// Whether a flow was judged as it ended is noted for when it is told.
    func ends(_ outline: FlowOutline, _ book: borrowing FlowBook) {
        guard let mind = unsafe mind, unsafe !state.pointee.hasJournal else { return }
        let isNamed = unsafe state.pointee.hasNames || outline.hasApplication
        if unsafe mind.pointee.ends(outline, isNamed: isNamed, book) {
            unsafe state.pointee.judged = outline.serial
        }
    }

    private func isNamed(_ outline: FlowOutline) -> Bool {
        let (source, destination) = (outline.source, outline.destination)
        return unsafe state.pointee.names.name(of: destination, for: source, scope: outline.scope, at: outline.first)
            != nil
    }

    func started(_ flow: borrowing Flow, _ book: borrowing FlowBook) -> Bool {
        let names = unsafe state.pointee.mayName(flow) ? lookUp(flow, book) : FlowNames()
        guard unsafe state.pointee.hasJournal, let identities = names.identities else {
            guard tellsStarts else { return false }
            return begin(flow, book, names)
        }
        let asked = follow(copy flow, identities, book)
        guard tellsStarts else { return false }
        // What is not settled comes soon; so does the initiator's process, but not who answers: a scan asks for thousands.
        let waits = !identities.isSettled || asked?.contains(.source) ?? false
        if waits, waiting.hold(copy flow, isFollowed: asked != nil) { return judge != nil }
        let isAwaited = begin(flow, book, names)
        if let asked, !asked.isEmpty { waiting.expect(copy flow, told: identities) }
        return isAwaited
    }

    /// Tells that a flow began; returns whether whoever judges wants to hear what becomes of it.
    private func begin(_ flow: borrowing Flow, _ book: borrowing FlowBook, _ names: FlowNames) -> Bool {
        let isAwaited = judge?.judge(.started, flow, book, names) ?? false
        if sinkWantsStarts { sink.flow(.started, copy flow, book, names) }
        return isAwaited
    }

    /// Tells that a flow goes on, or ended.
    func tell(_ action: FlowAction, _ flow: borrowing Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        _ = judge?.judge(action, flow, book, names)
        sink.flow(action, copy flow, book, names)
    }

    func settled(_ flow: borrowing Flow, as outcome: TryOutcome, _ book: borrowing FlowBook, at time: Timestamp) {
        if unsafe state.pointee.hasJournal {
            let serial = flow.serial
            // Of some that were held back it turned out that nobody waits.
            if waiting.note(outcome, of: serial, at: time) || waiting.isAbandoned(serial) { return }
        }
        let names = unsafe state.pointee.mayName(flow) ? lookUp(flow, book) : FlowNames()
        judge?.settled(flow, as: outcome, book, names, at: time)
    }

    /// Tells of a start that was held back, and of what became of it meanwhile.
    func tellHeld(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let isAwaited = begin(flow, book, names)
        if let (outcome, time) = waiting.takeOutcome(of: flow.serial) {
            judge?.settled(flow, as: outcome, book, names, at: time)
        } else if judge != nil, !isAwaited {
            waiting.abandon(flow.serial)
        }
    }

    func updated(_ flow: borrowing Flow, _ book: borrowing FlowBook) {
        if unsafe state.pointee.hasJournal { release(flow, book) }
        tell(.updated, flow, book, lookUp(flow, book))
    }

    func ended(_ flow: borrowing Flow, _ book: borrowing FlowBook) {
        let isNamed = unsafe state.pointee.end(flow)
        let names = isNamed ? lookUp(flow, book) : FlowNames()
        if unsafe state.pointee.hasJournal {
            release(flow, book)
            waiting.forget(flow.serial)
            if interest != .none { leave(flow, book, names) }
            if waiting.takeAbandoned(flow.serial) {
                var flow = copy flow
                flow.abandon()
                return tell(.ended, flow, book, names)
            }
        } else if unsafe state.pointee.judged == flow.serial {
            unsafe state.pointee.judged = 0
            return sink.flow(.ended, copy flow, book, names)
        }
        tell(.ended, flow, book, names)
    }

    private func leave(_ flow: borrowing Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        if flow.endReason != .active {
            if !links.isEmpty { links.remove(copy flow) }
        } else if let identities = names.identities {
            continued(copy flow, identities, book)
        }
    }

    /// Tells of a flow's start, if that was held back, before anything else is told of it.
    private func release(_ flow: borrowing Flow, _ book: borrowing FlowBook) {
        guard let start = waiting.release(flow.serial) else { return }
        tellHeld(start, book, lookUp(start, book))
    }

    func resolved(_ message: RawSpan, _ exchange: DNSExchange, _ book: borrowing FlowBook) {
        unsafe state.pointee.names.learn(
            message,
            isTCP: exchange.isTCP,
            client: exchange.client,
            scope: exchange.scope,
            at: exchange.time
        )
        unsafe state.pointee.hasNames = state.pointee.names.count > 0
        guard isJudged else { return }
        var identity: Identity?
        if unsafe state.pointee.hasJournal {
            var question = IdentityQuestion(address: exchange.client, time: exchange.time)
            question.scope = ScopeName(book.scopes.scopes[Int(exchange.scope)].name)
            identity = unsafe state.pointee.journal.identify(question)
        }
        sink.resolved(message, exchange, client: identity)
    }

    /// A name that DNS gave before the flow began is better than the one its bytes claim; either is better than none.
    @inline(never)
    func lookUp(_ flow: Flow, _ book: borrowing FlowBook) -> FlowNames {
        let details = flow.hasApplication ? book.application(of: flow) : nil
        let claimed = (details?.serverName ?? details?.httpHost).flatMap(ClaimedName.of)
        var names = FlowNames(destination: claimed)
        let (ends, nat) = FlowEnds.of(flow, book.translation(of: flow))
        if unsafe state.pointee.hasNames {
            let source = ends.source.address
            let destination = ends.destination.address
            names.source = unsafe state.pointee.names.name(
                of: source,
                for: destination,
                scope: flow.scope,
                at: flow.first
            )
            names.destination =
                unsafe state.pointee.names.name(of: destination, for: source, scope: flow.scope, at: flow.first)
                ?? claimed
        }
        if unsafe state.pointee.hasJournal {
            names.identities = unsafe state.pointee.memo.identities(of: flow, ends, nat, book, state.pointee.journal)
            if unsafe !state.pointee.links.isEmpty {
                names.relay = unsafe state.pointee.links.relay(of: flow, state.pointee.journal)
            }
        }
        return names
    }
}
