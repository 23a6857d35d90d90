/// What a key is found by in the tables that are asked of every flow: worked out once, whoever asks.
struct Imprint: Sendable {
    /// Where it stands. The same in every run: who gives way to whom must not depend on the seed of a hash.
    let place: UInt64
    /// What tells it apart there: never 0, and nobody outside can choose two that are alike.
    let print: UInt64

    private static let secret = Fold.secret()

    @inline(__always)
    init(_ key: some TableKey) {
        var (place, print) = (Fold(0x51_7c_c1_b7_27_22_0a_95), Fold(Self.secret))
        key.fold(into: &place)
        key.fold(into: &print)
        self.place = place.value
        self.print = print.value | 1
    }

    /// Where two stand together.
    @inline(__always)
    func place(with other: Self) -> UInt64 {
        var fold = Fold(place)
        fold.add(other.place)
        return fold.value
    }
}
