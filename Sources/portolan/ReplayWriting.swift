import Capture
import Flows
import Glibc
import Monitor
import Records
import Wire

/// The packets of a replay, as a file: all of them as they are read; or those of flows that filters want, in a second reading, as which
/// flows those are may come out only at their end.
final class ReplayWriting {
    private let file: OutputFile
    private let ports: TunnelPorts
    private let chosen: ChosenFlows?
    /// Of the second reading.
    var filter: CaptureFilter?
    private var frames: InnerFrames
    private var isOver = false

    init(_ path: String, ports: TunnelPorts, isChoosing: Bool) throws(OutputFile.Failure) {
        let content = "packets"
        let file =
            path == "-"
            ? try OutputFile(standardOutput: content)
            : try OutputFile(content, path: path, isNew: true, mode: 0o640)
        self.file = file
        self.ports = ports
        chosen = isChoosing ? ChosenFlows() : nil
        frames = InnerFrames(application: Self.application, ports: ports) { file.write($0.span) }
    }

    private static var application: String { "portolan \(Portolan.version)" }

    /// Who is to hear of the flows that are wanted in the first reading.
    var sink: any RecordSink { chosen ?? frames }

    /// Whether there is any use in going on.
    var isAlive: Bool { file.failure == nil }

    /// Throws where a file cannot be read twice.
    static func demandsFiles(_ paths: [String]) throws(UnrepeatableInput) {
        if let path = Replay.unrepeatable(paths) { throw UnrepeatableInput(path: path) }
    }

    /// In the first reading: writes what comes in, where all of it is wanted.
    func listen(to replay: inout Replay) {
        if chosen == nil { replay.write(to: frames) }
    }

    /// In the second reading: writes what is of the flows that the first has found.
    func choose(from replay: inout Replay) {
        guard let chosen else { return }
        if chosen.isFull {
            StandardError.say(
                "packets of the first \(Quantity.count(UInt64(ChosenFlows.limit))) flows only are written"
            )
        }
        frames = InnerFrames(
            application: Self.application,
            ports: ports,
            wanted: chosen.identifiers,
            named: chosen.names
        ) { [file] in file.write($0.span) }
        replay.write(to: frames)
    }

    /// Ends the file; returns the exit status where something went wrong.
    func conclude() -> Int32? {
        frames.finish()
        guard let failure = file.failure else { return nil }
        // Whoever read it has enough.
        if failure.code == EPIPE { return nil }
        StandardError.say("\(failure)")
        return ExitStatus.failed
    }

    /// Takes back what was begun, as there is nothing to read.
    func discard() { file.discard() }
}

/// An input that can be read only once, where twice is needed.
struct UnrepeatableInput: Error, CustomStringConvertible {
    var path: String

    var description: String {
        let input = path == "-" ? "standard input" : path
        return "\(input) cannot be read twice, as --write with filters needs; save it as a file first"
    }
}
