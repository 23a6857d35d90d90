extension Packet {
    /// Puts in the ports that a fragment lacks, the source's in the high half, and hashes anew.
    public mutating func setPorts(_ ports: UInt32, _ seed: HashSeed) {
        let source = ports >> 16
        let destination = ports & 0xffff
        let isIPv4 = flags.contains(.ipv4)
        let addressesAreEqual = isIPv4 ? key0 >> 32 == key0 & 0xffff_ffff : key0 == key2 && key1 == key3
        // The order of the ends only depends on ports when the addresses do not decide.
        if addressesAreEqual {
            if source > destination { flags.insert(.reversed) } else { flags.remove(.reversed) }
        }
        let ordered = flags.contains(.reversed) ? destination << 16 | source : ports
        transport = transport & 0xff_0000_0000 | UInt64(ordered)
        hash = isIPv4 ? seed.mix(key0, transport) : seed.mix(key0, key1, key2, key3, transport)
    }
}
