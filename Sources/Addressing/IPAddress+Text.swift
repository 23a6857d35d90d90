extension IPAddress: LosslessStringConvertible {
    /// Reads an IPv4 or an IPv6 address as people write it; nil when it is neither.
    public init?(_ description: String) {
        self.init(text: description.utf8Span.span)
    }

    init?(text: Span<UInt8>) {
        if let address = IPv4Address(text: text) {
            self = .v4(address)
        } else if let address = IPv6Address(text: text) {
            self = .v6(address)
        } else {
            return nil
        }
    }
}
