/// Secret numbers that decide where a flow key falls in a table.
///
/// Drawn anew in every process: whoever crafts a capture must not be able to choose its collisions. Nothing that is
/// written may depend on them.
@frozen public struct HashSeed: Sendable, BitwiseCopyable {
    @usableFromInline let first: UInt64
    @usableFromInline let second: UInt64
    @usableFromInline let third: UInt64
    @usableFromInline let fourth: UInt64

    /// A seed that nobody outside can know.
    public static func random() -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self(
            first: generator.next() | 1,
            second: generator.next() | 1,
            third: generator.next() | 1,
            fourth: generator.next() | 1
        )
    }

    /// Mixes the words of an IPv4 key.
    @inlinable @inline(__always)
    public func mix(_ addresses: UInt64, _ transport: UInt64) -> UInt64 {
        Self.fold(addresses ^ first, transport ^ second)
    }

    /// Mixes the words of an IPv6 key.
    @inlinable @inline(__always)
    public func mix(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ transport: UInt64) -> UInt64 {
        let low = Self.fold(a ^ first, b ^ second)
        let high = Self.fold(c ^ third, d ^ fourth)
        return Self.fold(low ^ transport, high ^ second)
    }

    /// Both halves of the 128-bit product, folded into one word.
    @inlinable @inline(__always)
    static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
