import Crypto

/// A row of a table in the one form of bytes that is digested, whoever wrote it and whatever read it.
///
/// For each column in the order of the table: a byte whose upper half says what it is, and its lower how many bytes a number has
/// without zeros in front; those, the first the highest. Of a text or of bytes that number is their length, and they follow. A row
/// is of its table, whose name stands before it.
package struct RowBytes {
    /// With room behind what counts: a number is stored, and nothing is appended.
    @usableFromInline var bytes: [UInt8]
    @usableFromInline var count = 0
    /// How much of it is the table's name.
    private var head = 0

    /// Of rows of a table.
    package init(_ table: String) {
        bytes = [UInt8](repeating: 0, count: 512)
        text(Array(table.utf8).span)
        head = count
    }

    /// Begins a row.
    package mutating func begin() { count = head }

    @inlinable package mutating func null() { word(0, 0) }

    @inlinable package mutating func number(_ number: Int64) { word(1, UInt64(bitPattern: number)) }

    /// No table has such a number; a file may, when somebody wrote one into it.
    package mutating func real(_ number: Double) { word(2, number.bitPattern) }

    package mutating func text(_ text: Span<UInt8>) { add(3, text) }

    package mutating func blob(_ blob: Span<UInt8>) { add(4, blob) }

    private mutating func add(_ kind: UInt8, _ content: Span<UInt8>) {
        word(kind, UInt64(content.count))
        reserve(content.count)
        let place = count
        unsafe bytes.withUnsafeMutableBytes { room in
            unsafe content.withUnsafeBytes {
                unsafe UnsafeMutableRawBufferPointer(rebasing: room[place...]).copyMemory(from: $0)
            }
        }
        count += content.count
    }

    /// Zeros in front are left out: what is digested is half as long. All eight bytes are stored, and those that count are kept.
    @inlinable mutating func word(_ kind: UInt8, _ number: UInt64) {
        let length = 8 - number.leadingZeroBitCount / 8
        reserve(9)
        let place = count
        var span = bytes.mutableSpan
        var room = unsafe span.mutableBytes
        room.storeBytes(of: kind << 4 | UInt8(truncatingIfNeeded: length), toByteOffset: place, as: UInt8.self)
        room.storeBytes(of: (number << UInt64(64 - 8 * length)).bigEndian, toByteOffset: place + 1, as: UInt64.self)
        count = place + 1 + length
    }

    @inlinable mutating func reserve(_ room: Int) {
        if room > bytes.count - count { grow(room) }
    }

    @usableFromInline mutating func grow(_ room: Int) {
        bytes.append(contentsOf: repeatElement(0, count: max(bytes.count, room)))
    }

    /// What is kept of a row in its link: the first half of its digest. To find another row that has the same takes 2^128 attempts.
    package var leaf: Leaf { Leaf(of: bytes.span.extracting(first: count)) }
}

/// The first 16 bytes of a row's SHA-256 digest.
package struct Leaf: Hashable, Sendable {
    package static var length: Int { 16 }

    let high: UInt64
    let low: UInt64

    init(of bytes: Span<UInt8>) {
        var hasher = SHA256()
        hasher.update(bytes)
        (high, low) = unsafe hasher.finalize().withUnsafeBytes {
            (
                UInt64(bigEndian: unsafe $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: unsafe $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// The one at a place of many, one behind the other; nil when there are fewer.
    package init?(at place: Int, of leaves: [UInt8]) {
        let (start, isOver) = place.multipliedReportingOverflow(by: Self.length)
        guard !isOver, start >= 0, start <= leaves.count - Self.length else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        for offset in 0..<8 {
            high = high << 8 | UInt64(leaves[start + offset])
            low = low << 8 | UInt64(leaves[start + 8 + offset])
        }
        self.high = high
        self.low = low
    }

    /// Puts it behind others.
    package func append(to leaves: inout [UInt8]) {
        unsafe withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { unsafe leaves.append(contentsOf: $0) }
    }
}
