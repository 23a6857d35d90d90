extension [UInt8] {
    /// The bytes of a literal, as a reader borrows them.
    var rawBytes: RawSpan {
        @_lifetime(borrow self) get {
            // Octets have no padding that could be seen.
            unsafe span.bytes
        }
    }
}
