extension RawSpan {
    /// Text up to the first NUL or the end, broken UTF-8 repaired.
    var text: String {
        var octets: [UInt8] = []
        for offset in 0..<byteCount {
            let octet = load(UInt8.self, at: offset)
            if octet == 0 { break }
            octets.append(octet)
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// All of it.
    var octets: [UInt8] {
        (0..<byteCount).map { load(UInt8.self, at: $0) }
    }
}
