package import Addressing
import Flows
import Wire

/// Which name an address had, for whom, when: learned from the DNS answers that pass.
///
/// A plain value in packet time. Bounded: what was learned longest ago is forgotten first. Names are visible ASCII only,
/// lower case, of at most `nameLimit` characters; nobody vouches for them, since a DNS server may answer what it likes.
///
/// Not copyable, as nobody needs two and a copy would cost a megabyte.
package struct NameTable: ~Copyable {
    /// Who was told of which address.
    fileprivate struct Key: Hashable {
        var address: IPAddress
        var client: IPAddress
        var scope: UInt32
    }

    /// An address where it means one thing.
    private struct Place: Hashable {
        var address: IPAddress
        var scope: UInt32
    }

    fileprivate struct Entry {
        var key: Key
        var current: NamedSpan
        /// What the address was called before, for a client that asked for two names with one address.
        var previous: NamedSpan?
    }

    private var entries: [Entry] = []
    private var numbers: [Key: Int] = [:]
    /// The entry learned last for an address, whoever asked.
    private var newest: [Place: Int] = [:]
    /// Entries by when they were learned last.
    private var ages = RecencyOrder()
    private var pinned: [IPAddress: String] = [:]
    private let capacity: Int

    /// Entries forgotten early because the table was full.
    package private(set) var evicted: UInt64 = 0

    /// - Parameter capacity: the most pairs of client and address that are remembered, and the most pinned addresses.
    package init(capacity: Int = 65_536) {
        self.capacity = max(1, capacity)
    }

    /// Pairs of client and address that are remembered now, and pinned addresses.
    package var count: Int { entries.count + pinned.count }

    /// The longest name kept: what DNS allows.
    package static var nameLimit: Int { 255 }

    /// Learns from a DNS message as captured; does nothing when it is no answer, or holds no address.
    ///
    /// Each address gets the name that the client asked for, not the alias it hides behind; records that do not follow
    /// from the question are not believed. `isTCP` says that the length stands in front.
    package mutating func learn(
        _ message: RawSpan,
        isTCP: Bool,
        client: IPAddress,
        scope: UInt32,
        at time: Timestamp
    ) {
        guard let answer = AddressAnswer(message, isTCP: isTCP) else { return }
        for (address, timeToLive) in answer.addresses {
            let span = NamedSpan(name: answer.name, from: time, timeToLive: timeToLive)
            learn(span, Key(address: address, client: client, scope: scope))
        }
    }

    /// Gives an address a name for everyone and always, such as a capture file's own; DNS answers go before it.
    ///
    /// The name may hold any characters; what is not visible ASCII becomes `?`. When the table is full nothing happens.
    package mutating func pin(_ address: IPAddress, name: String) {
        guard !name.isEmpty, pinned.count < capacity || pinned[address] != nil else { return }
        pinned[address] = String(visible: name, limit: Self.nameLimit)
    }

    /// The name an address had at a moment for a client; if none was told to it, what others in its scope were told.
    package func name(of address: IPAddress, for client: IPAddress, scope: UInt32, at time: Timestamp) -> String? {
        if let number = numbers[Key(address: address, client: client, scope: scope)],
            let name = entries[number].name(at: time)
        {
            return name
        }
        if let number = newest[Place(address: address, scope: scope)], let name = entries[number].name(at: time) {
            return name
        }
        return pinned[address]
    }

    private mutating func learn(_ span: NamedSpan, _ key: Key) {
        let number: Int
        if let known = numbers[key] {
            number = known
            entries[number].renew(span)
            ages.remove(number)
        } else if entries.count >= capacity, let oldest = ages.first {
            number = oldest
            forget(number)
            entries[number] = Entry(key: key, current: span)
            numbers[key] = number
        } else {
            number = entries.count
            entries.append(Entry(key: key, current: span))
            numbers[key] = number
        }
        ages.append(number)
        newest[Place(address: key.address, scope: key.scope)] = number
    }

    /// Others who were told of the same address were told earlier, and are forgotten already.
    private mutating func forget(_ number: Int) {
        let key = entries[number].key
        ages.remove(number)
        numbers[key] = nil
        let place = Place(address: key.address, scope: key.scope)
        if newest[place] == number { newest[place] = nil }
        evicted += 1
    }
}

extension NameTable.Entry {
    fileprivate func name(at time: Timestamp) -> String? {
        if current.contains(time) { return current.name }
        guard let previous, previous.contains(time) else { return nil }
        return previous.name
    }

    fileprivate mutating func renew(_ span: NamedSpan) {
        if current.name == span.name, span.from <= current.until {
            current.until = max(current.until, span.until)
        } else {
            previous = current
            current = span
        }
    }
}
