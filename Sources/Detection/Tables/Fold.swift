import Addressing

/// A hash of a few instructions a word: what is looked up for every flow would pay more for Swift's `Hasher` than for the look-up.
///
/// It begins with a secret of the process, so that nobody outside can choose which keys share a place. 64 bits of it stand for a key only
/// where that was made so.
struct Fold: Sendable {
    private(set) var value: UInt64

    init(_ secret: UInt64) { value = secret }

    /// One for a table of its own.
    static func secret() -> UInt64 { UInt64.random(in: 1 ... .max) }

    @inline(__always)
    mutating func add(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        value = product.high &+ product.low ^ word &<< 32
    }

    @inline(__always)
    mutating func add(_ address: IPAddress) {
        switch address {
        case .v4(let address): add(UInt64(address.bits))
        case .v6(let address):
            add(address.high)
            add(address.low)
        }
    }
}
