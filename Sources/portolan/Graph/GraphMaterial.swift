import Addressing
import Dashboard
import Graph
import Monitor
import Pipeline
import Records
import Store

/// A graph as a source gave it, and what has to be said of it.
struct GraphMaterial {
    var picture: GraphPicture
    var rates: [EdgeKey: EdgeRate] = [:]
    /// The agent's own words, as long as nothing was left out of them.
    var text: [UInt8]?
    /// The host, or the files.
    var origin: String
    /// Packets lost of how many; nil where nobody knows.
    var loss: (lost: UInt64, of: UInt64)?
    /// What was asked for, in nanoseconds since 1970; nil is all of it.
    var span: Range<Int64>?
    /// What the reader has to know, a line each.
    var remarks: [String] = []
    /// Why it is not all there; whoever asks gets what is, and a status that says so.
    var failure: (message: String, status: Int32)?

    /// From the first to the last that was counted, whatever of it is drawn; nil for nothing.
    private(set) var seen: Range<Int64>?

    init(picture: GraphPicture, origin: String) {
        self.picture = picture
        self.origin = origin
        seen = Self.span(of: picture)
    }

    static func span(of picture: GraphPicture) -> Range<Int64>? {
        guard let first = picture.edges.values.map(\.first).min(), let last = picture.edges.values.map(\.last).max()
        else { return nil }
        return first.nanoseconds..<max(first.nanoseconds, last.nanoseconds) &+ 1
    }

    /// What of it went in a span that its minutes go back to. Rates are those of now, and the text that of all.
    func during(_ span: Range<Int64>) -> GraphMaterial {
        var part = GraphMaterial(picture: picture.during(span), origin: origin)
        part.loss = loss
        part.span = span
        part.remarks = remarks
        return part
    }

    /// Minutes that a graph has at most.
    private static var minutes: Int { 60 }

    /// Whether its minutes go back as far as a span.
    func has(_ span: Range<Int64>) -> Bool {
        let minutes = picture.minutes
        return minutes.count < Self.minutes || minutes.first.map { $0.start.nanoseconds <= span.lowerBound } ?? true
    }

    /// `0.31 %`; nil where it is not known.
    var lossText: String? {
        guard let loss else { return nil }
        if loss.lost == 0 || loss.of == 0 { return "0 %" }
        let share = Double(loss.lost) / Double(loss.of) * 100
        return share < 0.01 ? "less than 0.01 %" : "\((share * 100).rounded() / 100) %"
    }
}

/// Where a graph comes from, as often as it is asked.
enum GraphSource {
    /// Why there is none, and the exit status.
    struct Failure: Error {
        let message: String
        let status: Int32
    }

    case agent(socket: String)
    case files(FileSourceOptions)
    case database(path: String)

    /// All of it, or what went in a span of nanoseconds since 1970.
    func read(_ span: Range<Int64>? = nil) throws(Failure) -> GraphMaterial {
        switch self {
        case .agent(let socket): try Self.ask(socket, span)
        case .files(let options): try Self.read(options, span)
        case .database(let path): try Self.read(path, span)
        }
    }

    private static func ask(_ socket: String, _ span: Range<Int64>?) throws(Failure) -> GraphMaterial {
        do {
            let query = AgentQuery(socket: socket)
            let status = try AgentStatusReading(query.get("/v1/status"))
            var target = AgentTarget("/v1/graph")
            if let span {
                if span.lowerBound > 0 { target.add("since", Moment.asked(span.lowerBound)) }
                if span.upperBound < .max { target.add("until", Moment.asked(span.upperBound - 1)) }
            }
            let text = try query.get(target.text)
            let told = try ToldGraph(reading: text.span)
            var material = GraphMaterial(picture: told.picture, origin: status.hostName ?? socket)
            material.rates = told.rates
            material.text = text
            material.span = span
            let health = status.health
            if let packets = health.packets, let dropped = health.dropped {
                material.loss = (dropped, packets &+ dropped)
            }
            return material
        } catch let failure as AgentQuery.Failure {
            throw Failure(message: "\(failure)", status: failure.status)
        } catch {
            throw Failure(message: "what the agent at \(socket) says cannot be understood", status: ExitStatus.failed)
        }
    }

    private static func read(_ path: String, _ span: Range<Int64>?) throws(Failure) -> GraphMaterial {
        do throws(StoreError) {
            let stored = try StoredGraph(Store(reading: path))
            let (picture, isCut) = try stored.picture(span)
            var material = GraphMaterial(picture: picture, origin: FileName.last(path))
            material.span = span
            if isCut { material.remarks.append("\(path) has more than can be drawn: the newer part of it is") }
            return material
        } catch {
            throw Failure(message: "\(error)", status: ExitStatus.noInput)
        }
    }

    private static func read(_ options: FileSourceOptions, _ span: Range<Int64>?) throws(Failure) -> GraphMaterial {
        let sink = GraphSink(hearsStarts: false)
        var replay: Replay
        do {
            replay = try FileSource.open(options, sink, interval: span)
        } catch {
            throw Failure(message: "\(error)", status: ExitStatus.noInput)
        }
        var failure: (message: String, status: Int32)?
        do {
            try replay.run { _ in true }
        } catch {
            failure = ("\(error)", ExitStatus.failed)
        }
        if let broken = replay.identityFailure { failure = ("\(broken)", ExitStatus.failed) }
        if let refusal = replay.refusal { throw Failure(message: refusal, status: ExitStatus.noInput) }
        var material = GraphMaterial(
            picture: sink.graph.picture,
            origin: options.paths.map(FileName.last).joined(separator: ", ")
        )
        let summary = replay.summary
        if let dropped = summary.dropped { material.loss = (dropped, summary.frames &+ dropped) }
        material.span = span
        material.remarks = replay.remarks
        material.failure = failure
        return material
    }
}
