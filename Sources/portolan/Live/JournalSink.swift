import Containers
import Flows
import Records

/// Writes the journal down.
final class JournalSink: RecordSink {
    private let file: JournalFile

    init(_ file: JournalFile) {
        self.file = file
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {}

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    func changed(_ entry: JournalEntry) {
        file.write(entry)
    }
}
