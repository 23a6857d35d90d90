package import Addressing
package import Containers

/// Somebody who talks, as the graph knows them: the newest of what was told.
package struct Endpoint: Hashable, Sendable {
    package var key: EndpointKey
    /// What people call it; nil when its key says all there is.
    package var name: String?
    /// The run of the container that was seen last.
    package var container: Container?
    /// Addresses it was seen with, in order of their first sight; at most `addressLimit`.
    package var addresses: [IPAddress] = []
    /// Whether it had more than that.
    package var hasMoreAddresses = false
    /// Whether nobody can say which of several it was.
    package var isAmbiguous = false
    package var first: Timestamp
    package var last: Timestamp

    /// The most addresses that are listed.
    package static var addressLimit: Int { 16 }

    package init(_ key: EndpointKey, address: IPAddress? = nil, at time: Timestamp) {
        self.key = key
        addresses = address.map { [$0] } ?? []
        first = time
        last = time
    }

    /// Takes over what a later sight of it tells.
    mutating func merge(_ other: Self) {
        name = other.name ?? name
        container = other.container ?? container
        isAmbiguous = isAmbiguous || other.isAmbiguous
        first = min(first, other.first)
        last = max(last, other.last)
        for address in other.addresses where !addresses.contains(address) {
            if addresses.count < Self.addressLimit { addresses.append(address) } else { hasMoreAddresses = true }
        }
    }
}
