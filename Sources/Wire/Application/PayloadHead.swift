/// The first sixteen octets of a payload as two numbers, so that telling protocols apart is comparing integers.
///
/// A shorter payload is filled up with zeros, which no text begins with; formats that hold zeros compare `count` too.
struct PayloadHead {
    /// Octets 0 to 7, the first in the highest place.
    let first: UInt64

    /// Octets 8 to 15.
    let second: UInt64

    /// How many bytes the payload has, as far as the capture goes.
    let count: Int

    let sourcePort: UInt16
    let destinationPort: UInt16

    @inline(__always)
    init(_ payload: RawSpan, sourcePort: UInt16, destinationPort: UInt16) {
        count = payload.byteCount
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        if count >= 16 {
            first = payload.bigEndian(UInt64.self, at: 0)
            second = payload.bigEndian(UInt64.self, at: 8)
        } else {
            (first, second) = Self.padded(payload)
        }
    }

    @inline(never)
    private static func padded(_ payload: RawSpan) -> (UInt64, UInt64) {
        var words: (UInt64, UInt64) = (0, 0)
        for offset in 0..<min(payload.byteCount, 16) {
            let octet = UInt64(payload[offset]) << UInt64(56 - offset % 8 * 8)
            if offset < 8 { words.0 |= octet } else { words.1 |= octet }
        }
        return words
    }

    /// The octet at a place below 8.
    @inline(__always)
    func octet(_ place: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: first >> (56 - place * 8)) }

    /// Octets 0 to 3.
    @inline(__always)
    var word: UInt32 { UInt32(truncatingIfNeeded: first >> 32) }

    /// Octets 4 to 7.
    @inline(__always)
    var secondWord: UInt32 { UInt32(truncatingIfNeeded: first) }

    @inline(__always)
    func usesPort(_ port: UInt16) -> Bool { sourcePort == port || destinationPort == port }
}
