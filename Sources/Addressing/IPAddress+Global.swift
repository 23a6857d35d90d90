extension IPAddress {
    /// Whether it is of the Internet at large: in no block of IANA's special-purpose registries (RFC 6890) but those for
    /// documentation, of which examples are made, and no group.
    package var isGlobal: Bool {
        switch self {
        case .v4(let address):
            !Self.specialV4.contains { address.bits >> (32 - $0.length) == $0.bits >> (32 - $0.length) }
        // All that is assigned so far.
        case .v6(let address): address.high >> 61 == 1
        }
    }

    private static var specialV4: [(bits: UInt32, length: UInt32)] {
        [
            (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16),
            (0xac10_0000, 12), (0xc000_0000, 24), (0xc0a8_0000, 16), (0xc612_0000, 15), (0xe000_0000, 3),
        ]
    }
}
