import Crypto

/// A chain over lines of a file that is only ever added to: each link covers the lines since the one before, and its digest.
package struct LineChain {
    /// Of the last link.
    package private(set) var number: Int64 = 0
    /// Lines since.
    package private(set) var lines: UInt64 = 0
    private var previous = DigestValue.none
    private var hasher = SHA256()

    package init() {}

    /// Adds lines, with their ends.
    package mutating func add(_ bytes: Span<UInt8>, lines count: UInt64) {
        if lines == 0 { begin() }
        lines += count
        hasher.update(bytes)
    }

    private mutating func begin() {
        var head = RowBytes.Prefix()
        head.text("portolan journal 1")
        head.number(number)
        let before = head.bytes + previous.bytes
        hasher = SHA256()
        hasher.update(before.span)
    }

    /// Ends a link, and returns its number, its lines and its digest.
    package mutating func link() -> (number: Int64, lines: UInt64, digest: DigestValue) {
        if lines == 0 { begin() }
        let digest = DigestValue(hasher.finalize())
        let count = lines
        continueAfter(number < .max ? number + 1 : number, digest)
        return (number, count, digest)
    }

    /// Goes on behind a link that stands in the file, whatever was expected.
    package mutating func continueAfter(_ number: Int64, _ digest: DigestValue) {
        self.number = number
        previous = digest
        lines = 0
    }
}
