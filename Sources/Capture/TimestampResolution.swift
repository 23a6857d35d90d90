package import Addressing

/// How an interface of a pcapng file counts time: ticks of a fraction of a second, from an offset.
///
/// `if_tsresol` and `if_tsoffset` in draft-ietf-opsawg-pcapng, section 4.2. Whatever a file claims, the result is a
/// time: one that a `Timestamp` cannot hold becomes the nearest it can.
package struct TimestampResolution: Hashable, Sendable, BitwiseCopyable {
    /// Nanoseconds a tick, where that is a whole number and no offset is to be added; else 0.
    private let nanosecondsPerTick: UInt64

    private let exponent: UInt8
    private let isBinary: Bool
    private let offset: Int64

    /// Microseconds from the epoch, as when a file does not say.
    package static var microseconds: Self { Self(code: 6, offset: 0) }

    /// - Parameters:
    ///   - code: negative power of ten, or of two when the highest bit is set.
    ///   - offset: seconds to be added to every time.
    package init(code: UInt8, offset: Int64) {
        exponent = code & 0x7f
        isBinary = code & 0x80 != 0
        self.offset = offset
        nanosecondsPerTick = !isBinary && exponent <= 9 && offset == 0 ? Self.powerOfTen(9 - exponent) : 0
    }

    /// Decimal digits of a second that its ticks resolve, at most 9.
    package var digits: Int {
        // A binary digit is 0.30103 decimal ones; a part of one needs a whole one.
        min(9, isBinary ? (Int(exponent) * 30_103 + 99_999) / 100_000 : Int(exponent))
    }

    /// The moment that is `ticks` after the offset.
    @inline(__always) package func time(ticks: UInt64) -> Timestamp {
        let (nanoseconds, overflow) = ticks.multipliedReportingOverflow(by: nanosecondsPerTick)
        guard nanosecondsPerTick != 0, !overflow, nanoseconds <= UInt64(Int64.max) else {
            return slowTime(ticks: ticks)
        }
        return Timestamp(nanoseconds: Int64(truncatingIfNeeded: nanoseconds))
    }

    /// In 128 bits nothing here overflows: ticks and offset have 64, and a second has 2^30 nanoseconds.
    @inline(never) private func slowTime(ticks: UInt64) -> Timestamp {
        let scaled = Int128(ticks) * 1_000_000_000
        var nanoseconds =
            isBinary
            ? scaled >> Int128(exponent)
            : exponent > 37 ? 0 : scaled / Int128(Self.powerOfTen(min(exponent, 19)))
        if !isBinary, exponent > 19, exponent <= 37 { nanoseconds /= Int128(Self.powerOfTen(exponent - 19)) }
        nanoseconds += Int128(offset) * 1_000_000_000
        return Timestamp(nanoseconds: Int64(clamping: nanoseconds))
    }

    /// 10 to the `exponent`, which must be at most 19.
    private static func powerOfTen(_ exponent: UInt8) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<exponent { power &*= 10 }
        return power
    }
}
