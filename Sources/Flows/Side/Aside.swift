/// What only some flows need besides their entry: a cache line with what one further observation point counted, and where to
/// find more.
///
/// The first of a flow also says what the others need not: all flags but `isCounted` are its.
struct Aside: BitwiseCopyable {
    var count = PointCount(point: 0, at: 0)
    var flags: Flags = []
    /// Number of the flow's next, in the order in which points first saw the flow; 0 for none.
    var next: UInt32 = 0

    /// The most other points that are kept apart; what further ones see counts at the last.
    static var limit: Int { 30 }

    struct Flags: OptionSet, BitwiseCopyable {
        var rawValue: UInt8
        /// `count` means something. The first of a flow may be there for the sake of flags alone.
        static var isCounted: Self { Self(rawValue: 1) }
        /// Another point has taken over as the primary already: it happens once.
        static var tookOver: Self { Self(rawValue: 2) }
        /// There is a `Rarity` under this number.
        static var hasRarity: Self { Self(rawValue: 4) }
        /// The primary point sees the addresses that NAT gave the flow.
        static var isPrimaryTranslated: Self { Self(rawValue: 8) }
        /// The flow has begun and nobody was told yet.
        static var isUntold: Self { Self(rawValue: 16) }
    }
}

/// What hardly any flow needs.
struct Rarity {
    var twin = TwinLink.none
    /// What NAT makes of its addresses.
    var translation: FlowTranslation?
    /// Entries whose packets count for the flow, as they have its other addresses.
    var stubs: [UInt32] = []
}
