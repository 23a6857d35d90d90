import Addressing

/// When pairs met that met once so far. A table without chains: who falls into the place of another one takes it, and it is as if they had never
/// met. So a scan costs a few instructions a contact, and never touches what is known of others.
struct FirstCalls: Sendable {
    private struct Place: Sendable {
        var print: UInt64 = 0
        var time: Int64 = 0
    }

    private var places = [Place](repeating: Place(), count: Self.size)

    /// A power of two.
    static var size: Int { 16_384 }

    /// Notes a call of a pair; returns when it called before, if that is known.
    mutating func note(_ fact: FlowFact, _ service: BeaconKey.Service.Place) -> Timestamp? {
        note(Self.fingerprint(fact, service), at: fact.first)
    }

    /// The same, of a connection to an address.
    mutating func note(_ glance: FlowGlance) -> Timestamp? {
        let (contact, host) = (glance.contact, glance.contact.host)
        let ports = UInt64(contact.protocolNumber) << 16 | UInt64(contact.port)
        let ends = Self.ends(ports, glance.source, host.scope, host.scope)
        return note(Self.mixed(ends, host.address), at: glance.first)
    }

    private mutating func note(_ fingerprint: UInt64, at time: Timestamp) -> Timestamp? {
        let print = fingerprint | 1
        let index = Int(truncatingIfNeeded: print >> 40) & (Self.size - 1)
        if places[index].print == print { return Timestamp(nanoseconds: places[index].time) }
        places[index] = Place(print: print, time: time.nanoseconds)
        return nil
    }

    /// The same in every run: what is found must not depend on the seed of a hash.
    private static func fingerprint(_ fact: FlowFact, _ service: BeaconKey.Service.Place) -> UInt64 {
        let ports = UInt64(fact.protocolNumber) << 16 | UInt64(fact.port)
        var state = ends(ports, fact.source.address, fact.source.scope, fact.destination.scope)
        switch service {
        case .address(let address, scope: _): return mixed(state, address)
        case .name(let name):
            for unit in name.utf8 { state = (state ^ UInt64(unit)) &* 0x0000_0100_0000_01b3 }
            return mixed(state, 1)
        }
    }

    private static func ends(_ ports: UInt64, _ source: IPAddress, _ from: UInt32, _ to: UInt32) -> UInt64 {
        mixed(mixed(ports, UInt64(from) << 32 | UInt64(to)), source)
    }

    private static func mixed(_ state: UInt64, _ address: IPAddress) -> UInt64 {
        switch address {
        case .v4(let address): mixed(state, UInt64(address.bits))
        case .v6(let address): mixed(mixed(state, address.high), address.low)
        }
    }

    private static func mixed(_ state: UInt64, _ value: UInt64) -> UInt64 {
        let product = (state ^ value ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: 0xbf58_476d_1ce4_e5b9)
        return product.high ^ product.low
    }
}
