import Addressing
import Containers
import Records

/// A journal as JSON Lines.
///
/// Read whole and byte by byte it must give the same entries and the same error; what was read is written, read again, and
/// must be the same; and a journal with little room takes every entry and answers.
func fuzzJournal(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    let whole = readJournal(bytes, chunk: max(1, count))
    let pieces = readJournal(bytes, chunk: 1)
    precondition(whole.entries == pieces.entries && whole.error == pieces.error)

    var writer = JournalWriter()
    for entry in whole.entries { writer.write(entry) }
    let again = readJournal(writer.bytes, chunk: 4096)
    precondition(again.error == nil)
    precondition(again.entries == whole.entries)

    var limits = JournalLimits()
    limits.containers = 8
    limits.interfaces = 8
    limits.addresses = 8
    limits.listeners = 4
    limits.translations = 4
    limits.remotes = 4
    var journal = IdentityJournal(limits: limits)
    for entry in whole.entries {
        journal.apply(entry)
        precondition(journal.count < 120)
        guard case .address(let key, let address, _) = entry.change else { continue }
        var question = IdentityQuestion(address: address, time: entry.time)
        question.scope = .bare
        question.behind = key
        _ = journal.identify(question)
        _ = journal.scopeChanges()
    }
    return 0
}

private func readJournal(_ bytes: [UInt8], chunk: Int) -> (entries: [JournalEntry], error: JournalError?) {
    var reader = JournalReader()
    var entries: [JournalEntry] = []
    do throws(JournalError) {
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            let end = min(bytes.count, start + chunk)
            try reader.read(bytes.span.extracting(start..<end)) { entries.append($0) }
        }
        try reader.finish { entries.append($0) }
    } catch {
        return (entries, error)
    }
    return (entries, nil)
}
