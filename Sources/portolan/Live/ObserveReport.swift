import Containers
import Flows
import Records

/// What `observe` prints, as it happens.
final class ObserveReport: RecordSink {
    private let json: JSONRecordWriter?
    private let line: FlowLine
    private let events: EventChoice
    private let queue: OutputQueue
    private var text = ""
    private var journal = JournalWriter()
    /// Kept where a filter may find flows late.
    private var told: ToldStarts?

    init(_ command: ObserveCommand, queue: OutputQueue, isFiltered: Bool) {
        self.queue = queue
        events = command.events
        told = isFiltered ? ToldStarts() : nil
        line = FlowLine(style: TextStyle(choice: command.color), resolvesNames: !command.numeric)
        json =
            command.output == .json
            ? JSONRecordWriter(selection: events == .all ? .all : .flows, resolvesNames: !command.numeric) : nil
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        if let json {
            if journal.count > 0 { flush() }
            json.flow(action, flow, book, names)
            if json.count >= JSONRecordWriter.pieceSize { flush() }
        } else if told?.isNews(action, flow.serial, isSettled: names.identities?.isSettled ?? true)
            ?? (action != .updated)
        {
            text += line.text(FlowRecord(action, flow, book, names))
            if text.utf8.count >= JSONRecordWriter.pieceSize { flush() }
        }
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
        json?.sighting(sighting, book)
    }

    func changed(_ entry: JournalEntry) {
        guard events == .all, json != nil else { return }
        if json?.count ?? 0 > 0 { flush() }
        journal.write(entry)
        if journal.count >= JSONRecordWriter.pieceSize { flush() }
    }

    func gap(_ gap: CaptureGap) {
        json?.gap(gap)
        StandardError.say(gap.remark)
    }

    /// Hands over what has been written so far. At most one of the writers has anything.
    func flush() {
        journal.drain { queue.put($0) }
        json?.drain { queue.put($0) }
        if !text.isEmpty {
            queue.put(Array(text.utf8).span)
            text = ""
        }
    }

    /// Writes the last record.
    func finish(_ summary: CaptureSummary) {
        json?.write(summary)
        flush()
    }
}
