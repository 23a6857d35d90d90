import Flows
import Foundation
import Monitor
import Pipeline
import Records

/// Reads a capture through the whole program, up to the records it gives.
enum ReplayedCapture {
    /// Reads the file and hands its records to `sink`.
    static func read(
        _ path: String,
        _ settings: PipelineSettings = PipelineSettings(),
        into sink: any RecordSink
    ) throws -> CaptureSummary {
        var replay = try Replay(paths: [path], filter: nil, settings: settings, sink: sink)
        try replay.run { _ in true }
        return replay.summary
    }

    /// The lines of its flow table.
    static func table(_ path: String, bySegment: Bool = false) throws -> [String] {
        let sums = FlowSums(bySegment: bySegment)
        _ = try read(path, into: sums)
        return sums.lines
    }

    /// What `portolan replay -o json` writes to its standard output.
    static func json(_ path: String, _ selection: RecordSelection = .standard) throws -> [UInt8] {
        let writer = JSONRecordWriter(selection: selection)
        var settings = PipelineSettings()
        settings.flows.reportsStarts = selection.contains(.flowStarts)
        settings.flows.reportsUpdates = selection.contains(.flowUpdates)
        writer.write(try read(path, settings, into: writer))
        return writer.bytes
    }
}

/// A flow table that somebody else made, read from its file.
struct FlowTableFile {
    let lines: [String]

    init(_ file: URL) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        lines = text.split(separator: "\n").map(String.init)
    }
}
