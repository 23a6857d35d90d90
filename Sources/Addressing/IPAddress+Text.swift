extension IPAddress: LosslessStringConvertible {
    /// Reads an IPv4 or an IPv6 address as people write it; nil when it is neither.
    public init?(_ description: String) {
        if let address = IPv4Address(description) {
            self = .v4(address)
        } else if let address = IPv6Address(description) {
            self = .v6(address)
        } else {
            return nil
        }
    }
}
