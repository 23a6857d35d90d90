/// The name a flow's own bytes gave its responder, if it is one: the host that TLS or HTTP asked for.
enum ClaimedName {
    /// The host of an HTTP Host field or a TLS server name: without port, in lower case, without the root's dot.
    ///
    /// Nil when it is an address, which says nothing that the flow does not say itself.
    static func of(_ host: String) -> String? {
        var name = Substring(host)
        if let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) {
            guard name[colon...].utf8.dropFirst().allSatisfy(isDigit) else { return nil }
            name = name[..<colon]
        }
        if name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
        guard isName(name) else { return nil }
        return name.utf8.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 } ? name.lowercased() : String(name)
    }

    /// Whether text that stands where a host name may stand is one, and no address.
    ///
    /// An IPv6 address has colons; what ends in a number is read as an IPv4 address by everyone (RFC 1123, section 2.1).
    static func isName(_ text: some StringProtocol) -> Bool {
        if text.isEmpty || text.utf8.contains(UInt8(ascii: ":")) { return false }
        for byte in text.utf8.reversed() {
            if byte == UInt8(ascii: ".") { return false }
            if !isDigit(byte) { return true }
        }
        return false
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
