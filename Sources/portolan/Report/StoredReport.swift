import Addressing
import Agent
import Evidence
import Graph
import HTTP
import Monitor
import Records
import Store

/// The records of a period as an agent tells them, or its database, in the same words.
struct StoredReport {
    private let command: WriteReportCommand
    private let source: StoredSource

    init(_ command: WriteReportCommand) {
        self.command = command
        source = command.memory.database.map { .database(path: $0) } ?? .agent(socket: command.agent.path)
    }

    private typealias Failure = ReportSession.Failure

    func read() throws(ReportSession.Failure) -> ReportMaterial {
        do {
            switch source {
            case .agent(let socket): return try ask(socket)
            case .database(let path): return try read(path)
            }
        } catch let failure as Failure {
            throw failure
        } catch let failure as AgentQuery.Failure {
            throw Failure(message: failure.description, status: failure.status)
        } catch let failure as AgentAct.Refusal {
            throw Failure(message: failure.description, status: failure.status)
        } catch let failure as StoreError {
            throw Failure(message: "\(failure)", status: ExitStatus.noInput)
        } catch {
            throw Failure(message: "\(error)", status: ExitStatus.failed)
        }
    }

    private func ask(_ socket: String) throws -> ReportMaterial {
        let status = try StatusFields(try AgentQuery(socket: socket).get("/v1/status"))
        let now = Clock.now
        let span = try span(until: now, now: now)
        let isUsual = command.agent.socket == nil
        var tally = ReportTally(.agent(socket: socket, isUsual: isUsual), span)
        tally.losses = ReportTally.Losses(
            packets: status.number("capture", "packets"),
            dropped: status.number("capture", "dropped")
        )
        try tell(&tally, span)
        let blocks = try AgentAct(socket: socket).ask(.get, "/v1/blocks?all=true")
        for record in ToldBlocks.read(blocks) { tally.take(record) }
        return finish(tally, span, hostName: status.string("observer", "hostname"))
    }

    private func read(_ path: String) throws -> ReportMaterial {
        let store = try Store(reading: path)
        guard let stored = try store.span() else {
            throw Failure(message: "the database \(path) holds nothing yet", status: ExitStatus.noInput)
        }
        let span = try span(until: stored.last, now: Clock.now, stored: stored)
        let source = EvidenceSource.database(
            path: path,
            journal: try store.beginning(of: span.since),
            keepsCases: try store.keepsCases
        )
        var tally = ReportTally(source, span)
        try tell(&tally, span)
        var unread = 0
        for record in try store.blocks(since: span.since, until: span.until, unread: { _ in unread += 1 }) {
            tally.take(record)
        }
        if unread > 0 { tally.remarks.append("\(unread) blocks that are stored cannot be read.") }
        return finish(tally, span, hostName: nil)
    }

    /// The period that is asked for: a day where nothing else is said, and of a database all of it.
    private func span(
        until end: Timestamp,
        now: Timestamp,
        stored: (first: Timestamp, last: Timestamp)? = nil
    ) throws(ReportSession.Failure) -> ReportSpan {
        let until = command.until.flatMap { AskedTime.parse($0, now: now) } ?? end
        let since: Timestamp
        if let asked = command.since.flatMap({ AskedTime.parse($0, now: now) }) {
            since = asked
        } else if let last = command.last {
            since = Timestamp(nanoseconds: until.nanoseconds &- last.nanoseconds)
        } else {
            since = stored?.first ?? Timestamp(nanoseconds: until.nanoseconds &- 86_400_000_000_000)
        }
        guard since <= until else {
            throw Failure(
                message: "the period begins at \(since.secondText), after it ends at \(until.secondText)",
                status: ExitStatus.usage
            )
        }
        return ReportSpan(since: since, until: until)
    }

    /// Flows, alerts, the journal and gaps, one after the other.
    private func tell(_ tally: inout ReportTally, _ span: ReportSpan) throws {
        try lines("/v1/flows", span) { line in
            guard let record = try FlowRecord(reading: line.span) else { return false }
            tally.take(record)
            return true
        }
        try lines("/v1/alerts", span) { line in
            guard let record = try AlertRecord(reading: line.span) else { return false }
            tally.take(record)
            return true
        }
        var reader = JournalReader()
        try lines("/v1/journal", span, isWhole: true) { line in
            let whole = line + [0x0a]
            try reader.read(whole.span) { tally.take($0) }
            return true
        }
        try lines("/v1/gaps", span) { line in
            guard let gap = ReportGap(line) else { return false }
            tally.take(gap)
            return true
        }
    }

    /// Reads each line; one that `take` does not know says why nothing more comes.
    private func lines(
        _ path: String,
        _ span: ReportSpan,
        isWhole: Bool = false,
        _ take: ([UInt8]) throws -> Bool
    ) throws {
        var target = AgentTarget(path)
        target.add("since", span.sinceText)
        target.add("until", span.untilText)
        if isWhole { target.add("whole", "true") }
        try AgentLines(source, target: target.text).read { line in
            if line.isEmpty { return true }
            guard try !AgentRemark.isFailure(line) && take(line) else {
                throw Failure(message: AgentRemark.text(line, of: source), status: ExitStatus.failed)
            }
            return true
        }
    }

    /// Adds the graph of the period, which only a page has.
    private func finish(_ tally: ReportTally, _ span: ReportSpan, hostName: String?) -> ReportMaterial {
        var material = ReportMaterial(tally: tally)
        material.hostName = hostName
        guard command.output == .html else { return material }
        var target = AgentTarget("/v1/graph")
        target.add("since", span.sinceText)
        target.add("until", span.untilText)
        var told: GraphPicture?
        do {
            try AgentLines(source, target: target.text).read { line in
                told = try ToldGraph(reading: line.span).picture
                return true
            }
        } catch {
            material.graphFailure = "No chart: \(error)"
        }
        guard let told else { return material }
        var graph = GraphMaterial(picture: told, origin: hostName ?? FileName.last(command.memory.database ?? ""))
        let last = max(span.since.nanoseconds, span.until.nanoseconds)
        graph.span = span.since.nanoseconds..<(last == .max ? last : last + 1)
        if let packets = tally.losses?.packets, let dropped = tally.losses?.dropped {
            graph.loss = (dropped, packets &+ dropped)
        }
        material.graph = graph
        return material
    }
}

extension ReportGap {
    /// A line of `/v1/gaps`; nil for anything else.
    init?(_ line: [UInt8]) {
        guard case .object(let fields)? = try? JSONReader.read(line.span),
            case .string(let end)? = fields["@timestamp"], let time = Timestamp(text: end),
            case .object(let event)? = fields["event"], case .string(let reason)? = event["reason"]
        else { return nil }
        var since: Timestamp?
        if case .string(let start)? = event["start"] { since = Timestamp(text: start) }
        self.init(time: time, since: since, reason: reason)
        func number(_ object: String, _ key: String) -> UInt64? {
            guard case .object(let members)? = fields[object], case .integer(let number)? = members[key] else {
                return nil
            }
            return UInt64(exactly: number)
        }
        received = number("capture", "packets")
        dropped = number("capture", "dropped")
        records = number("portolan", "count")
        if case .object(let observer)? = fields["observer"], case .string(let name)? = observer["interface"] {
            interface = name
        }
    }
}
