import Addressing

/// Since when an interface has had an address of each kind. What it had it need not have kept: it may be gone by now.
struct AddressedSince: Hashable {
    private var ipv4: Timestamp?
    private var ipv6: Timestamp?
    private var linkLocal: Timestamp?

    /// It has this address now.
    mutating func note(_ address: IPAddress, at time: Timestamp) {
        if !address.isIPv6 {
            ipv4 = ipv4 ?? time
        } else if address.isLinkLocalIPv6 {
            linkLocal = linkLocal ?? time
        } else {
            ipv6 = ipv6 ?? time
        }
    }

    /// Whether it had an address of the same kind by then.
    func has(like address: IPAddress, by time: Timestamp) -> Bool {
        let since = !address.isIPv6 ? ipv4 : address.isLinkLocalIPv6 ? linkLocal : ipv6
        return since.map { $0 <= time } ?? false
    }
}
