package import Containers

/// Reads an identity journal that `JournalWriter` wrote, a chunk of bytes at a time.
///
/// Strict where an entry is concerned: the first bad line is an error that names it, and nothing after it is read. Keys that
/// are not known, records of other kinds and changes that a newer version may write are passed over. Holds one line at most.
package struct JournalReader: ~Copyable {
    /// The most bytes of one line: 1 MiB, for a container with many labels.
    package static var lineLimit: Int { 1 << 20 }

    /// Lines begun so far.
    package private(set) var lines = 0
    /// Lines that hold no entry, blank ones left out.
    package private(set) var skipped: UInt64 = 0
    /// The part of a line that came with the chunk before.
    private var rest: [UInt8] = []

    package init() {}

    /// Reads all lines that end in a chunk, and hands over the entries in their order.
    package mutating func read(_ chunk: Span<UInt8>, _ body: (JournalEntry) -> Void) throws(JournalError) {
        var start = 0
        for place in chunk.indices where chunk[place] == 0x0a {
            let part = chunk.extracting(start..<place)
            if rest.isEmpty {
                try take(part, body)
            } else {
                try keep(part)
                // Given back when the line is done, so that its memory serves the next.
                var line: [UInt8] = []
                swap(&line, &rest)
                try take(line.span, body)
                line.removeAll(keepingCapacity: true)
                swap(&line, &rest)
            }
            start = place + 1
        }
        try keep(chunk.extracting(start..<chunk.count))
    }

    /// Ends the reading: a last line without a line's end is read, when it is whole.
    package mutating func finish(_ body: (JournalEntry) -> Void) throws(JournalError) {
        guard !rest.isEmpty else { return }
        var line: [UInt8] = []
        swap(&line, &rest)
        do {
            try take(line.span, body)
        } catch {
            if case .notJSON(.unexpected(let place)) = error.reason, place >= line.count {
                throw JournalError(line: lines, reason: .brokenOff)
            }
            throw error
        }
    }

    private mutating func keep(_ part: Span<UInt8>) throws(JournalError) {
        guard rest.count + part.count <= Self.lineLimit else {
            throw JournalError(line: lines + 1, reason: .tooLong)
        }
        for place in part.indices { rest.append(part[place]) }
    }

    private mutating func take(_ bytes: Span<UInt8>, _ body: (JournalEntry) -> Void) throws(JournalError) {
        lines += 1
        guard bytes.count <= Self.lineLimit else { throw JournalError(line: lines, reason: .tooLong) }
        if Self.isBlank(bytes) { return }
        let root: JSONValue
        do {
            root = try JSONReader.read(bytes)
        } catch {
            throw JournalError(line: lines, reason: .notJSON(error))
        }
        do {
            if let line = JournalLine(root) { body(try line.entry()) } else { skipped += 1 }
        } catch {
            throw JournalError(line: lines, reason: error)
        }
    }

    private static func isBlank(_ bytes: Span<UInt8>) -> Bool {
        for place in bytes.indices where bytes[place] != 0x20 && bytes[place] != 0x0d && bytes[place] != 0x09 {
            return false
        }
        return true
    }
}
