import Addressing
package import Declarations
import Policy

/// Reads a baseline as `BaselineWriter` writes it, and collects what is wrong with it.
struct BaselineReader: MappingReader {
    var mistakes = MistakeList()
    /// The workloads of the file, by the names by which their destinations speak of them.
    var workloads: [String: Workload] = [:]
    var known: Set<Workload> = []

    static var exampleKey: String { "version" }

    private static var keys: [String] {
        ["version", "first", "last", "conversations", "unanswered", "omitted", "loss", "profiles"]
    }

    /// A count of anything.
    static var count: Notation<Int> { .integer(0...Int.max) }

    mutating func baseline(of root: YAMLNode) -> Baseline? {
        guard let fields = fields(of: root, path: "", keys: Self.keys) else { return nil }
        guard let version = required("version", of: fields, .integer(1...1000)) else { return nil }
        guard version == BaselineWriter.version else {
            note(fields.place, "version", "is \(version); this program reads version \(BaselineWriter.version)")
            return nil
        }
        var baseline = Baseline()
        baseline.span = span(in: fields)
        baseline.conversations = value("conversations", of: fields, Self.count) ?? 0
        baseline.unanswered = value("unanswered", of: fields, Self.count) ?? 0
        baseline.omitted = value("omitted", of: fields, Self.count) ?? 0
        if let node = fields["loss"] { baseline.loss = loss(of: node) }
        guard let elements = elements("profiles", of: fields, limit: BaselineBounds.workloads) else { return baseline }
        let drafts = elements.compactMap { begin($0, "profiles") }
        baseline.profiles = drafts.compactMap { profile($0) }.sorted { $0.workload < $1.workload }
        return baseline
    }

    private mutating func loss(of node: YAMLNode) -> CaptureLoss {
        guard let fields = fields(of: node, path: "loss", keys: ["received", "dropped", "gaps"]) else {
            return CaptureLoss()
        }
        var loss = CaptureLoss()
        loss.received = value("received", of: fields, Self.count).map { UInt64($0) }
        loss.dropped = value("dropped", of: fields, Self.count).map { UInt64($0) }
        loss.gaps = value("gaps", of: fields, Self.count) ?? 0
        return loss
    }

    /// From `first` to `last`; nil where they are not there.
    mutating func span(in fields: MappingFields) -> ClosedRange<Int64>? {
        let first = value("first", of: fields, .moment)
        guard let last = value("last", of: fields, .moment), let first else { return nil }
        guard first <= last else {
            note(fields.place, fields.path("last"), "is before first")
            return nil
        }
        return first...last
    }

    /// How often something was seen, and when.
    mutating func seen(in fields: MappingFields) -> Occurrence? {
        let count = required("count", of: fields, Self.count)
        for key in ["first", "last"] where fields[key] == nil {
            note(fields.place, fields.path, "wants the key \(key), \(Notation<Int64>.moment.wanted)")
        }
        guard let span = span(in: fields), let count else { return nil }
        return Occurrence(count: count, first: span.lowerBound, last: span.upperBound)
    }
}

extension Baseline {
    /// As a file has it.
    package var text: String { BaselineWriter.text(self) }

    /// Reads a file. Throws all that is wrong with it.
    package static func read(_ path: String) throws(Rejection) -> Baseline {
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try TextFile.bytes(path, limit: BaselineBounds.fileLength)
        } catch {
            var rejection = Rejection()
            rejection.add(FileProblem(file: path, error.description))
            throw rejection
        }
        return try read(bytes, of: path)
    }

    /// Reads the bytes of a file with a name.
    package static func read(_ bytes: [UInt8], of file: String) throws(Rejection) -> Baseline {
        var reader = BaselineReader()
        var baseline: Baseline?
        do throws(LocatedMistake) {
            if let root = try YAMLDocument(bytes).root {
                baseline = reader.baseline(of: root)
            } else {
                reader.mistakes.note(LocatedMistake(at: TextPlace(line: 1, column: 1), "no baseline: nothing is in it"))
            }
        } catch {
            reader.mistakes.note(error)
        }
        var rejection = Rejection()
        rejection.add(reader.mistakes, of: file)
        guard let baseline, rejection.problems.isEmpty else { throw rejection }
        return baseline
    }
}
