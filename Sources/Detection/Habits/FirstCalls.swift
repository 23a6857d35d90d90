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

    /// Notes a call of a pair, by where it stands; returns when it called before, if that is known. The same call twice, at a glance and
    /// then in full, is one.
    mutating func note(_ pair: UInt64, at time: Timestamp) -> Timestamp? {
        let print = pair | 1
        let index = Int(truncatingIfNeeded: print >> 40) & (Self.size - 1)
        if places[index].print == print {
            return places[index].time == time.nanoseconds ? nil : Timestamp(nanoseconds: places[index].time)
        }
        places[index] = Place(print: print, time: time.nanoseconds)
        return nil
    }

    /// Where a pair stands: the same in every run, as what is found must not depend on the seed of a hash.
    static func place(of fact: FlowFact, _ service: BeaconKey.Service.Place) -> UInt64 {
        let source = Imprint(Contact.Host(address: fact.source.address, scope: fact.source.scope))
        let contact: Contact
        switch service {
        case .address(let address, let scope):
            contact = Contact(
                host: Contact.Host(address: address, scope: scope),
                protocolNumber: fact.protocolNumber,
                port: fact.port
            )
            return source.place(with: Imprint(contact))
        case .name(let name):
            var fold = Fold(source.place)
            fold.add(UInt64(fact.protocolNumber) << 16 | UInt64(fact.port))
            var state: UInt64 = 0
            for unit in name.utf8 { state = (state ^ UInt64(unit)) &* 0x0000_0100_0000_01b3 }
            fold.add(state)
            return fold.value
        }
    }
}
