package import Flows

/// Writes records as JSON, one object a line, with the keys of ECS where it has them. `Docs/Records.md` lists them all.
///
/// Collects lines in a buffer that is used again; whoever owns the writer takes them away with `drain` often enough.
/// What it writes depends on nothing but what it is told: the same capture gives the same bytes.
package final class JSONRecordWriter: RecordSink {
    /// Which records are written; others are passed over.
    package var selection: RecordSelection
    /// Whether `source.domain` and `destination.domain` are written.
    package var resolvesNames: Bool

    var json: JSONBuffer

    package init(selection: RecordSelection = .standard, resolvesNames: Bool = true) {
        self.selection = selection
        self.resolvesNames = resolvesNames
        // Room for what is drained at once and a record more.
        json = JSONBuffer(capacity: Self.pieceSize * 2)
    }

    /// The most bytes that `drain` gives away at a time: 64 KiB, what a pipe takes at once.
    package static var pieceSize: Int { 65_536 }

    /// The lines that wait.
    package var bytes: [UInt8] { json.bytes }

    /// How many bytes wait; drain when they are more than `pieceSize`.
    package var count: Int { json.bytes.count }

    /// Gives all waiting lines away, in pieces of at most `pieceSize` bytes, and forgets them, also when `body` fails.
    package func drain<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        defer { json.removeAll() }
        let end = json.bytes.count
        var start = 0
        while start < end {
            let next = min(start + Self.pieceSize, end)
            try body(json.bytes.span.extracting(start..<next))
            start = next
        }
    }

    package func flow(
        _ action: FlowAction,
        _ flow: Flow,
        _ book: borrowing FlowBook,
        _ names: FlowNames
    ) {
        guard selection.contains(action) else { return }
        write(action, flow, book, names)
    }

    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        guard selection.contains(.sightings) else { return }
        write(sighting, book)
    }
}
