import Addressing
package import Containers

extension NeverBlockSet {
    /// Puts in what the inventory tells: the host's own addresses, and those by which the networks of containers are left, which are
    /// addresses of bridges in whichever namespace. False when there was no room for all.
    @discardableResult
    package mutating func insert(_ inventory: Inventory) -> Bool {
        var hasRoom = true
        for place in inventory.namespaces {
            for interface in place.interfaces {
                let isGateway =
                    interface.interface.kind == "bridge" && (place.isHost || place.containers.isEmpty)
                guard isGateway || place.isHost else { continue }
                for address in interface.addresses {
                    hasRoom = insert(address.address, isGateway ? .gateway : .host) && hasRoom
                }
            }
        }
        // Every namespace has these for itself.
        for loopback in ["127.0.0.0/8", "::1"].compactMap({ IPPrefix($0) }) {
            hasRoom = insert(loopback, .host) && hasRoom
        }
        return hasRoom
    }
}
