extension RawSpan {
    /// Whether `octets` bytes that read as the number `pattern`, eight at most, lie among the first `limit`.
    func contains(_ pattern: UInt64, octets: Int, within limit: Int) -> Bool {
        let mask = UInt64.max >> UInt64(64 - octets * 8)
        var window: UInt64 = 0
        for offset in 0..<Swift.min(byteCount, limit) {
            window = window << 8 | UInt64(self[offset])
            if offset >= octets - 1, window & mask == pattern { return true }
        }
        return false
    }
}
