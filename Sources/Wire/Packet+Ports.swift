extension Packet {
    /// Both ports as sent, the source's in the high half; 0 without ports.
    public var ports: UInt32 {
        let (low, high) = (UInt32(lowPort), UInt32(highPort))
        return flags.contains(.reversed) ? high << 16 | low : low << 16 | high
    }

    /// Whether both ends have one address, so that the ports alone say which is the low one.
    public var hasEqualAddresses: Bool {
        flags.contains(.ipv4) ? key0 >> 32 == key0 & 0xffff_ffff : key0 == key2 && key1 == key3
    }

    /// Puts in the ports that a fragment lacks, the source's in the high half, and hashes anew.
    public mutating func setPorts(_ ports: UInt32, _ seed: HashSeed) {
        let source = ports >> 16
        let destination = ports & 0xffff
        if hasEqualAddresses {
            if source > destination { flags.insert(.reversed) } else { flags.remove(.reversed) }
        }
        let ordered = flags.contains(.reversed) ? destination << 16 | source : ports
        transport = transport & 0xff_0000_0000 | UInt64(ordered)
        hash = flags.contains(.ipv4) ? seed.mix(key0, transport) : seed.mix(key0, key1, key2, key3, transport)
    }
}
