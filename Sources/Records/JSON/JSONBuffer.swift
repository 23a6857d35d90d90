/// JSON text (RFC 8259) as it grows, byte by byte: the only place that knows of commas.
///
/// Objects and arrays are opened and closed by hand; one that stayed empty when it is closed vanishes with its key, so
/// that a group of keys none of which applies is absent. Nothing is allocated but the buffer itself, and that is kept.
package struct JSONBuffer {
    /// The text so far.
    package private(set) var bytes: [UInt8] = []

    /// Whether a comma must stand before whatever comes next in the same object or array.
    private var needsComma = false

    /// - Parameter capacity: bytes there is room for before the buffer has to grow.
    package init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Where an object or array began, for closing it.
    package struct Opening {
        fileprivate var start: Int
        fileprivate var content: Int
        fileprivate var neededComma: Bool
        fileprivate var close: UInt8
    }

    /// Begins a record: an object that stands for itself and ends its line.
    package mutating func beginLine() {
        needsComma = false
        append(0x7b)
    }

    /// Ends a record begun with `beginLine()`.
    package mutating func endLine() {
        append(0x7d)
        append(0x0a)
        needsComma = false
    }

    /// Begins an object as the value of `key`.
    package mutating func beginObject(_ key: StaticString) -> Opening {
        open(key, 0x7b, 0x7d)
    }

    /// Begins an object as the value of a key that is not known beforehand.
    package mutating func beginObject(escaping name: String) -> Opening {
        let start = bytes.count
        let neededComma = needsComma
        key(escaping: name)
        append(0x7b)
        return Opening(start: start, content: bytes.count, neededComma: neededComma, close: 0x7d)
    }

    /// Begins an array as the value of `key`.
    package mutating func beginArray(_ key: StaticString) -> Opening {
        open(key, 0x5b, 0x5d)
    }

    /// Begins an object that is an element of an array.
    package mutating func beginElement() -> Opening {
        let start = bytes.count
        let neededComma = needsComma
        separate()
        append(0x7b)
        needsComma = false
        return Opening(start: start, content: bytes.count, neededComma: neededComma, close: 0x7d)
    }

    /// Closes an object or array; removes it when nothing was put in.
    package mutating func end(_ opening: Opening) {
        if bytes.count == opening.content {
            bytes.removeLast(bytes.count - opening.start)
            needsComma = opening.neededComma
        } else {
            append(opening.close)
            needsComma = true
        }
    }

    private mutating func open(_ name: StaticString, _ bracket: UInt8, _ close: UInt8) -> Opening {
        let start = bytes.count
        let neededComma = needsComma
        key(name)
        append(bracket)
        return Opening(start: start, content: bytes.count, neededComma: neededComma, close: close)
    }

    /// Writes a key of ours: plain ASCII, nothing to escape. Its value must follow.
    package mutating func key(_ name: StaticString) {
        separate()
        append(0x22)
        append(literal: name)
        append(0x22)
        append(0x3a)
        needsComma = false
    }

    /// Writes a key that is not known beforehand. Its value must follow.
    package mutating func key(escaping name: String) {
        separate()
        appendQuoted(name)
        append(0x3a)
        needsComma = false
    }

    /// Writes an array as a value, an empty one too: where it says that there is none, and not that nothing is known.
    package mutating func value<Element>(list: [Element], _ write: (inout JSONBuffer, Element) -> Void) {
        separate()
        append(0x5b)
        needsComma = false
        for element in list { write(&self, element) }
        append(0x5d)
        needsComma = true
    }

    /// Writes what stands before a value, and notes that one stands there now.
    mutating func beginValue() {
        separate()
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { append(0x2c) }
    }

    /// Appends a byte as it is.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// Appends several bytes as they are.
    mutating func append(_ span: Span<UInt8>) {
        for index in span.indices { bytes.append(span[index]) }
    }

    /// Appends bytes as they are, in one go where the text lies in one piece.
    mutating func append(plain text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends text of the program itself as it is.
    mutating func append(literal: StaticString) {
        // A literal lives as long as the program; the pointer does not leave the closure.
        literal.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Gives the text in pieces of at most `size` bytes.
    package func forEachPiece<Failure: Error>(
        of size: Int,
        _ body: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        while start < bytes.count {
            let end = min(start + size, bytes.count)
            try body(bytes.span.extracting(start..<end))
            start = end
        }
    }

    /// Forgets the text and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }
}
