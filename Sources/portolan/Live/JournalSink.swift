import Containers
import Flows
import Records

/// Writes the journal down, and hands everything on.
final class JournalSink: RecordSink {
    private let file: JournalFile
    private let next: any RecordSink

    init(_ file: JournalFile, before next: any RecordSink) {
        self.file = file
        self.next = next
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        next.flow(action, flow, book, names)
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        next.sighting(sighting, book)
    }

    func changed(_ entry: JournalEntry) {
        file.write(entry)
        next.changed(entry)
    }

    func gap(_ gap: CaptureGap) {
        next.gap(gap)
    }
}
