import Addressing
import Evidence
import Export
import Graph
import Layout
import Monitor

/// One run of `portolan report`: reads a source, adds up, writes.
struct ReportSession {
    private let command: WriteReportCommand

    init(_ command: WriteReportCommand) { self.command = command }

    /// Why there is no report, and the exit status.
    struct Failure: Error {
        let message: String
        let status: Int32
    }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        Interrupt.watch()
        do throws(Failure) {
            let material = try read()
            for remark in material.remarks { StandardError.say(remark) }
            if Interrupt.isThere { return ExitStatus.failed }
            let report = material.tally.report(
                made: Clock.now,
                version: Portolan.version,
                hostName: material.hostName
            )
            let failure = try write(text(of: report, material))
            return failure ?? material.failure ?? ExitStatus.done
        } catch {
            StandardError.say(error.message)
            return error.status
        }
    }

    private func read() throws(Failure) -> ReportMaterial {
        if !command.files.isEmpty { return try CapturedReport(command).read() }
        return try StoredReport(command).read()
    }

    private func text(of report: Report, _ material: ReportMaterial) -> [UInt8] {
        switch command.output {
        case .json: return ReportJSON.text(of: report)
        case .html:
            let (chart, why) = chart(material)
            return ReportPage.text(of: report, chart: chart, why: why, width: TerminalWidth.of)
        case .text:
            // What goes to a file is not coloured unless that is asked for.
            let style = TextStyle(choice: command.file != nil && command.color == .auto ? .never : command.color)
            let lines = ReportText.lines(of: report, width: TerminalWidth.of).map { line in
                switch line.role {
                case .heading: style.heading(line.text)
                case .faint: style.faint(line.text)
                case .warning: style.warning(line.text)
                case .body: line.text
                }
            }
            return Array(lines.map { $0 + "\n" }.joined().utf8)
        }
    }

    /// The chart of the period, or why there is none.
    private func chart(_ material: ReportMaterial) -> (chart: ReportPage.Chart?, why: String?) {
        guard let graph = material.graph else { return (nil, material.graphFailure) }
        guard !graph.picture.edges.isEmpty else { return (nil, nil) }
        let drawing = GraphDrawing(graph, compared: nil, fold: nil, focus: nil)
        guard let layout = drawing.layout() else {
            return (nil, "No chart: it would have \(drawing.graph.rows.count) rows, too many for a picture.")
        }
        return (ReportPage.Chart(graph: drawing.graph, layout: layout, caption: drawing.caption), nil)
    }

    /// Returns the exit status when that failed.
    private func write(_ text: [UInt8]) throws(Failure) -> Int32? {
        guard let path = command.file else {
            var output = StandardOutput()
            output.write(text.span)
            return output.conclude()
        }
        do throws(OutputFile.Failure) {
            let file = try OutputFile("report", path: path)
            file.write(text.span)
            if let failure = file.failure { throw failure }
            return nil
        } catch {
            throw Failure(message: "\(error)", status: ExitStatus.failed)
        }
    }
}

/// What a report is made of.
struct ReportMaterial {
    var tally: ReportTally
    var hostName: String?
    /// The graph of the period; nil where nobody could tell one, for a reason.
    var graph: GraphMaterial?
    var graphFailure: String?
    /// What the reader has to know on standard error, a line each.
    var remarks: [String] = []
    /// The exit status of a source that could not be read to its end.
    var failure: Int32?
}
