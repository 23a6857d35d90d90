/// Names of domains as DNS compares them: letters of either case are the same, and the root's dot at the end is left out.
enum DomainName {
    /// Bytes of the longest there is, and of one label. RFC 1035, section 2.3.4
    static var limit: Int { 253 }
    static var labelLimit: Int { 63 }

    /// The byte that stands for another of the same letter.
    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        0x41...0x5a ~= byte ? byte | 0x20 : byte
    }

    /// The name in lower case and without the dot at its end; nil where it is none. Underscores are let pass, as names have them.
    static func canonical(_ name: Span<UInt8>) -> [UInt8]? {
        var count = name.count
        if count > 0, name[count - 1] == 0x2e { count -= 1 }
        guard 1...limit ~= count else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var label = 0
        for place in 0..<count {
            let byte = lowercased(name[place])
            switch byte {
            case 0x2e:
                guard label > 0 else { return nil }
                label = 0
            case 0x61...0x7a, 0x30...0x39, 0x2d, 0x5f:
                label += 1
                guard label <= labelLimit else { return nil }
            default: return nil
            }
            bytes.append(byte)
        }
        return label > 0 ? bytes : nil
    }
}
