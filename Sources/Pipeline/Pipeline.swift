package import Addressing
package import Containers
package import Flows
import Names
package import Records
import Wire

/// The pure sequence: frames and time go in, records come out. No thread, no clock, no socket.
///
/// Live capture and replay feed the same value; what it concludes depends on nothing but its input and its settings.
package struct Pipeline: ~Copyable {
    private var dissector: Dissector
    /// Who wants to see the packets of some flows; nil: nobody, and nothing is done for it.
    package var tap: (any PacketTap)?
    /// Who is told what it is told; nil: nobody, and nothing is done for it.
    package var log: (any InputLog)?
    let settings: PipelineSettings
    private let seed: HashSeed
    private var packets = PacketBatch()
    /// A part of them, where a sighting divides them.
    private var part = PacketBatch()
    var flows: FlowTable
    private var sightings = SightingTable()
    let conclusions: Conclusions
    private var summary = CaptureSummary()
    /// Where tables had to give way before they began anew.
    private var earlier = TableLosses()
    private var detail: FlowDetailLevel
    /// Captures of all interfaces of a namespace, by that namespace.
    var captures: [NetworkNamespace: (interface: UInt32, digits: Int)] = [:]
    /// Captures of one interface.
    var devices: [InterfaceKey: (interface: UInt32, point: ObservationPoint)] = [:]

    /// A pipeline that hands what it concludes to `sink`.
    package init(settings: PipelineSettings = PipelineSettings(), sink: any RecordSink) {
        seed = HashSeed.random()
        self.settings = settings
        dissector = Dissector(ports: settings.tunnelPorts, seed: seed)
        flows = Self.table(settings, seed)
        detail = FlowDetailLevel(settings.flows)
        conclusions = Conclusions(settings: settings, sink: sink)
    }

    private static func table(_ settings: PipelineSettings, _ seed: HashSeed) -> FlowTable {
        var configuration = settings.flows
        // Sockets are asked for when a flow begins, whoever else wants to hear of that.
        if settings.sockets != .none { configuration.reportsStarts = true }
        return FlowTable(configuration: configuration, seed: seed)
    }

    /// Flows under way.
    package var flowCount: Int { flows.count }

    /// The newest time there was; nil before the first frame.
    package var time: Timestamp? { flows.time }

    /// From now on finds out and tells so much of flows beyond what it counts.
    package mutating func setDetail(_ detail: FlowDetailLevel) {
        guard detail != self.detail else { return }
        self.detail = detail
        flows.setDetail(detail)
        log?.detailed(detail)
    }

    /// Tells what an interface of the input is, before its first frame.
    package mutating func describe(interface: UInt32, as point: ObservationPoint) {
        flows.describe(interface: interface, as: point)
    }

    /// Gives an address a name that the input itself states, such as a capture file's name resolution block.
    ///
    /// What is no name but an address is passed over.
    package mutating func name(_ address: IPAddress, _ name: String) {
        if ClaimedName.isName(name) { conclusions.pin(address, name: name) }
    }

    /// Takes in a batch of frames, in processing order. A recording says itself when what was put off is looked at, with `settle`.
    package mutating func frames(_ batch: borrowing FrameBatch, settles: Bool = true) {
        if let log, log.wantsStanding { log.stands(whereItStands) }
        dissector.dissect(batch, into: &packets)
        if conclusions.wantsEachFrame || tap != nil {
            eachFrame(batch)
        } else if packets.hasSightings, let first = nextSighting(from: 0) {
            framesAndSightings(batch, first)
        } else {
            flows.count(packets, of: batch, to: conclusions)
        }
        summary.count(batch)
        let isSettled = settles && settle()
        log?.frames(batch, isSettled: isSettled)
    }

    /// Looks at what was put off, at the newest time there was; returns whether there was anything to do.
    @discardableResult
    package mutating func settle() -> Bool {
        guard let time = flows.time else { return false }
        return settle(at: time)
    }

    private func nextSighting(from start: Int) -> Int? {
        for index in start..<packets.count where packets[index].sighting != .none { return index }
        return nil
    }

    /// Counts up to each sighting and then tells it: what follows from a frame must not depend on who shares its batch.
    @inline(never)
    private mutating func framesAndSightings(_ batch: borrowing FrameBatch, _ first: Int) {
        var start = 0
        var next: Int? = first
        while start < packets.count {
            let end = next.map { $0 + 1 } ?? packets.count
            part.take(start..<end, of: packets)
            let frames = FrameBatch(bytes: batch.bytes, frames: batch.frames.extracting(start..<end))
            flows.count(part, of: frames, to: conclusions)
            if next != nil { sight(end - 1 - start, frames) }
            start = end
            next = nextSighting(from: end)
        }
    }

    /// Settles what there is after each frame: which of a process's connections are open when it begins another must not
    /// depend on who shares a batch. Live that is as late as the kernel's answers anyway. And a flow that a packet was counted for
    /// may be over at the next one.
    @inline(never)
    private mutating func eachFrame(_ batch: borrowing FrameBatch) {
        let settlesEach = conclusions.wantsEachFrame
        for index in 0..<packets.count {
            part.take(index..<(index + 1), of: packets)
            let frames = FrameBatch(bytes: batch.bytes, frames: batch.frames.extracting(index..<(index + 1)))
            flows.count(part, of: frames, to: conclusions)
            if let tap { tell(tap, frames, number: summary.frames &+ UInt64(index) &+ 1) }
            if packets[index].sighting != .none { sight(0, frames) }
            if settlesEach { settle() }
        }
    }

    /// Hands over the packet that was counted last, where somebody wants those of its flow.
    private mutating func tell(_ tap: any PacketTap, _ batch: borrowing FrameBatch, number: UInt64) {
        guard let (flow, point) = flows.flow(of: 0, in: part, of: batch), tap.wants(flow) else { return }
        let frame = batch.frames[0]
        tap.take(frame, batch.bytes(of: frame), number: number, of: flow, at: flows.book.point(point))
    }

    private mutating func sight(_ index: Int, _ batch: borrowing FrameBatch) {
        let frame = batch.frames[index]
        let bytes = batch.bytes(of: frame)
        let place = flows.place(of: index, in: part, of: batch)
        guard
            let sighting = sightings.note(
                part[index],
                frame: bytes,
                scope: place.scope,
                point: place.point,
                time: max(frame.time, flows.time ?? frame.time)
            )
        else { return }
        conclusions.sighted(sighting, part[index].direction, flows.book)
        guard conclusions.isJudged, case .icmpError(let error) = sighting.fact, error.isUnreachable,
            let quote = error.quote, let flow = flows.unreachable(quote, scope: sighting.scope)
        else { return }
        conclusions.settled(flow, as: .unreachable, flows.book, at: sighting.time)
    }

    /// Says that it is `time` now, although no frame came.
    package mutating func advance(to time: Timestamp) {
        flows.advance(to: time, sink: conclusions)
        let isDue = settle(at: time)
        log?.advanced(to: time, isDue: isDue)
    }

    /// Tells of every flow that goes on and had a packet since it was told of last: what was told adds up to what came in then.
    package mutating func tellNews() {
        flows.tellNews(sink: conclusions)
    }

    private func settle(at time: Timestamp) -> Bool {
        if conclusions.waiting.isEmpty, !conclusions.relays.isStale { return false }
        return conclusions.settle(flows.book, at: time) { flow in flows.current(flow) }
    }

    /// Ends all flows: there is no more input.
    package mutating func finish() {
        flows.finish(sink: conclusions)
        log?.finished()
    }

    /// Ends all flows, `forced`, and forgets names and sightings: what comes next is of another time. Totals go on, and so does
    /// what is known of captures; of plain interfaces of an input they are to be described again. What is open in the journal
    /// is given back, for the caller to tell again under the new time with `change`.
    package mutating func startOver() -> [JournalEntry.Change] {
        flows.finish(as: .forced, sink: conclusions)
        earlier = losses
        flows = Self.table(settings, seed)
        flows.setDetail(detail)
        sightings = SightingTable()
        let standing = conclusions.startOver()
        describeCaptures()
        log?.startedOver()
        return standing
    }

    /// What is open in the journal, as `startOver` gives it.
    package var standing: [JournalEntry.Change] { conclusions.standing }

    private var whereItStands: PipelineStanding {
        PipelineStanding(captures: watched, detail: detail, changes: conclusions.standing, time: time)
    }

    private var losses: TableLosses {
        var losses = earlier
        losses.add(flows.book.counters, flows.book.overflows)
        losses.names += conclusions.namesForgotten
        losses.sightings += sightings.counters.forgotten
        losses.questions += conclusions.questions.refused
        return losses
    }

    /// How much came in and what became of it, so far.
    package var totals: CaptureSummary {
        var totals = summary
        totals.decode = dissector.counters
        totals.flows = conclusions.totals.flows
        totals.packets = conclusions.totals.packets
        totals.ipBytes = conclusions.totals.bytes
        totals.continuations = conclusions.totals.continuations
        let losses = losses
        totals.evicted = losses.flows.evicted
        totals.late = losses.flows.late
        totals.orphanedFragments = losses.flows.orphanedFragments
        totals.overflows = losses.overflows
        totals.namesForgotten = losses.names
        totals.sightingsLost = losses.sightings
        totals.socketsUnasked = losses.questions
        return totals
    }
}

extension CaptureSummary {
    /// Counts the frames of a batch.
    fileprivate mutating func count(_ batch: borrowing FrameBatch) {
        let count = batch.frames.count
        guard count > 0 else { return }
        var earliest = first ?? batch.frames[0].time
        var latest = last ?? earliest
        var sum: UInt64 = 0
        for index in 0..<count {
            let frame = batch.frames[index]
            sum &+= UInt64(frame.wireLength)
            if frame.time < earliest { earliest = frame.time }
            if frame.time > latest { latest = frame.time }
        }
        frames &+= UInt64(count)
        bytes &+= sum
        first = earliest
        last = latest
    }
}
