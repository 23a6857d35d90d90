package import Addressing

/// Addresses that are never blocked, and why.
package struct NeverBlockSet: Hashable, Sendable {
    private var roles: [IPPrefix: ProtectedRole] = [:]
    /// Roles that the configuration takes out of the set.
    package var exempt: Set<ProtectedRole>

    /// The most blocks of addresses; what comes after is not taken in, and `insert` says so.
    package static var limit: Int { 8192 }

    package init(exempt: Set<ProtectedRole> = []) {
        self.exempt = exempt
    }

    /// Puts a block of addresses in; of several roles the first in the order of roles is told. False when there is no room.
    @discardableResult
    package mutating func insert(_ prefix: IPPrefix, _ role: ProtectedRole) -> Bool {
        if let known = roles[prefix] {
            // One that is taken out must not hide one that stands.
            let preferred = [known, role].sorted {
                (exempt.contains($0) ? 1 : 0, $0) < (exempt.contains($1) ? 1 : 0, $1)
            }
            roles[prefix] = preferred[0]
            return true
        }
        guard roles.count < Self.limit else { return false }
        roles[prefix] = role
        return true
    }

    /// The same of one address.
    @discardableResult
    package mutating func insert(_ address: IPAddress, _ role: ProtectedRole) -> Bool {
        insert(IPPrefix(of: address), role)
    }

    /// What is never blocked and has an address in common with a block of addresses; the first in order. Nil when nothing has.
    package func conflict(with prefix: IPPrefix) -> (prefix: IPPrefix, role: ProtectedRole)? {
        roles.filter { !exempt.contains($0.value) && $0.key.overlaps(prefix) }
            .min { ($0.value, $0.key.address, $0.key.length) < ($1.value, $1.key.address, $1.key.length) }
            .map { (prefix: $0.key, role: $0.value) }
    }

    /// All that stands, in order: what blocks of no address in particular leave out.
    package var prefixes: [IPPrefix] {
        roles.filter { !exempt.contains($0.value) }.keys
            .sorted { ($0.address, $0.length) < ($1.address, $1.length) }
    }
}
