import Addressing
import Graph
import Layout
import Records
import Terminal

/// One run of `portolan graph`.
struct GraphSession {
    private let command: GraphCommand
    private let source: GraphSource

    init(_ command: GraphCommand) {
        self.command = command
        if let path = command.memory.database {
            source = .database(path: path)
        } else if command.files.isEmpty {
            source = .agent(socket: command.agent.path)
        } else {
            source = .files(FileSourceOptions(paths: command.files, identity: command.identity))
        }
    }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        do throws(GraphSource.Failure) {
            if case .files(let options) = source { confine(options) }
            let baseline = try readBaseline()
            let whole = command.since == nil && command.until == nil ? try source.read() : nil
            let material = try focused(windowed(whole))
            let compared = try compared(with: baseline, material, whole)
            if let failure = material.failure { StandardError.say(failure.message) }
            for remark in material.remarks { StandardError.say(remark) }
            var output = StandardOutput()
            let text = try text(of: material, compared)
            output.write(text.span)
            return output.conclude() ?? material.failure?.status ?? ExitStatus.done
        } catch {
            StandardError.say(error.message)
            return error.status
        }
    }

    private func confine(_ options: FileSourceOptions) {
        var files = options.paths + [options.identity].compactMap(\.self)
        if case .file(let path)? = command.diff { files.append(path) }
        ReaderConfinement.begin(reading: files)
    }

    private typealias Comparison = (picture: GraphPicture, seconds: Double, name: String)

    private func text(
        of material: GraphMaterial,
        _ compared: Comparison?
    ) throws(GraphSource.Failure) -> [UInt8] {
        let terminal = command.output == .text ? GraphText.place : nil
        let drawing = GraphDrawing(
            material,
            compared: compared,
            fold: command.fold,
            focus: command.focus,
            on: terminal
        )
        switch command.output {
        case .text:
            let text = GraphText(drawing, TextStyle(choice: command.color))
            guard let terminal, let layout = drawing.layout(on: terminal) else { return text.tree }
            return text.chart(layout, cutNames: drawing.cutNames(in: layout), columns: terminal.columns, .current)
        case .json:
            var text = material.text ?? JSONGraph.text(of: material.picture, rates: material.rates)
            if let layout = drawing.layout() { LayoutJSON.append(layout.figures, drawing.graph.rung, to: &text) }
            return text
        case .dot, .mermaid, .graphml, .svg, .html:
            if let text = drawing.text(command.output) { return text }
            let rows =
                "\(drawing.graph.rows.count) rows are too many for a picture, which has \(GraphDrawing.limit) at most"
            throw .init(message: "\(rows): fold further, use --focus, or -o dot", status: ExitStatus.failed)
        }
    }

    /// The part of the time that was asked for.
    private func windowed(_ whole: GraphMaterial?) throws(GraphSource.Failure) -> GraphMaterial {
        guard let whole else {
            return try source.read((command.since?.nanoseconds ?? 0)..<(command.until?.nanoseconds ?? .max))
        }
        // What is compared with the time before has a time itself.
        var length = command.window
        if case .before(let span)? = command.diff, length == nil { length = span }
        guard let length, let seen = whole.seen else { return whole }
        return try part(of: whole, seen.upperBound &- length.nanoseconds..<seen.upperBound)
    }

    /// An agent tells its last minutes one by one, and remembers what was before where it has a database; a capture is read again.
    private func part(of whole: GraphMaterial?, _ span: Range<Int64>) throws(GraphSource.Failure) -> GraphMaterial {
        let span = max(0, span.lowerBound)..<max(1, span.upperBound)
        guard case .agent = source, let whole, whole.has(span) else { return try source.read(span) }
        return whole.during(span)
    }

    private func focused(_ material: GraphMaterial) throws(GraphSource.Failure) -> GraphMaterial {
        guard let name = command.focus else { return material }
        var material = material
        guard let picture = material.picture.focused(on: name, command.fold) else {
            throw .init(message: "nothing in the graph is called \(name)", status: ExitStatus.failed)
        }
        material.picture = picture
        material.text = nil
        return material
    }

    /// The graph that somebody saved.
    private func readBaseline() throws(GraphSource.Failure) -> GraphPicture? {
        guard case .file(let path)? = command.diff else { return nil }
        do {
            let text = try BaselineFile.read(path)
            return try ToldGraph(reading: text.span).picture
        } catch let failure as BaselineFile.Failure {
            throw .init(message: "cannot read \(path): \(failure)", status: ExitStatus.noInput)
        } catch {
            throw .init(message: "\(path) is no graph that portolan graph -o json wrote", status: ExitStatus.noInput)
        }
    }

    private func compared(
        with baseline: GraphPicture?,
        _ material: GraphMaterial,
        _ whole: GraphMaterial?
    ) throws(GraphSource.Failure) -> Comparison? {
        switch command.diff {
        case nil: return nil
        case .file(let path)?:
            guard let baseline else { return nil }
            let earlier = focusedIfThere(baseline)
            let seconds = GraphDrawing.seconds(of: nil, seen: GraphMaterial.span(of: baseline))
            return (earlier, seconds, FileName.last(path))
        case .before(let length)?:
            guard let start = material.span?.lowerBound ?? material.seen?.lowerBound else { return nil }
            let span = max(0, start &- length.nanoseconds)..<max(1, start)
            let earlier = try part(of: whole, span)
            return (focusedIfThere(earlier.picture), length.seconds, "the \(length.text) before")
        }
    }

    /// Who is new was not there before, and that is no mistake.
    private func focusedIfThere(_ picture: GraphPicture) -> GraphPicture {
        guard let name = command.focus else { return picture }
        return picture.focused(on: name, command.fold)
            ?? GraphPicture(endpoints: [:], edges: [:], minutes: [], folding: GraphFolding())
    }
}
