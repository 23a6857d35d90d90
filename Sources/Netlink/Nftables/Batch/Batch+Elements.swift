import CMnl

extension Nftables.Batch {
    /// Bytes of elements in one message, at most: an attribute ends at 64 KiB, and an element is shorter than one.
    static var chunk: Int { 48 << 10 }

    /// Adds elements to a set. One that is there already stays as it is, or on recent kernels (6.12) begins its time anew;
    /// `replace` does the same on all.
    package mutating func add(_ elements: [Nftables.Element], to set: Nftables.Set, existing: Existing = .kept) {
        put(
            elements,
            NFT_MSG_NEWSETELEM,
            flags: existing.flags,
            .addElements(set.name),
            of: set
        ) { (writer, element) in
            if let verdict = element.verdict, set.isVerdictMap {
                writer.nest(NFTA_SET_ELEM_DATA) { $0.put(verdict) }
            }
            if let timeout = element.timeout {
                writer.put(NFTA_SET_ELEM_TIMEOUT, timeout.milliseconds)
                if let left = element.expiration { writer.put(NFTA_SET_ELEM_EXPIRATION, left.milliseconds) }
            }
            if let comment = element.comment {
                writer.put(NFTA_SET_ELEM_USERDATA, UserData.entry(UserData.comment, comment))
            }
            if let counter = element.counter, set.hasCounters {
                writer.nest(NFTA_SET_ELEM_EXPR) { $0.put(.counter(counter)) }
            }
        }
    }

    /// Deletes elements by their keys. Refused with ENOENT when one is not there, its time having come perhaps.
    package mutating func delete(_ keys: [Nftables.Key], from set: Nftables.Set) {
        let elements = keys.map { Nftables.Element($0) }
        put(elements, NFT_MSG_DELSETELEM, flags: 0, .deleteElements(set.name), of: set) { _, _ in }
    }

    /// Deletes elements whether they are there or not: one's time may come while the batch is on its way.
    ///
    /// NFT_MSG_DESTROYSETELEM, since Linux 6.3. Before, `NetlinkSocket.commit` does the same by what those kernels have.
    package mutating func destroy(_ keys: [Nftables.Key], from set: Nftables.Set) {
        let elements = keys.map { Nftables.Element($0) }
        let first = count
        put(elements, Nftables.Message.destroySetElement, flags: 0, .deleteElements(set.name), of: set) { _, _ in }
        for place in first..<count { noteDestroyed(elements: keys, of: set, in: place) }
    }

    /// Deletes elements whether they are there or not, on every kernel.
    ///
    /// Each is added first, which does nothing where it is there. Not of maps, whose elements cannot be added without a verdict,
    /// nor of constant sets.
    package mutating func remove(_ keys: [Nftables.Key], from set: Nftables.Set) {
        add(keys.map { Nftables.Element($0) }, to: set)
        delete(keys, from: set)
    }

    /// Adds elements in place of those with the same keys: time and comment begin anew, counting at zero. As `remove`.
    /// Refused in a set of ranges where others that go overlap one that is not there.
    package mutating func replace(_ elements: [Nftables.Element], in set: Nftables.Set) {
        remove(elements.map(\.key), from: set)
        add(elements, to: set)
    }

    /// Deletes all elements of a set.
    package mutating func empty(_ set: Nftables.Set) {
        step(NFT_MSG_DELSETELEM, .emptySet(set.name), in: set.family) { (writer) in
            writer.put(NFTA_SET_ELEM_LIST_SET, set.name)
        }
    }

    /// Spreads elements over as many messages as they take.
    private mutating func put(
        _ elements: [Nftables.Element],
        _ message: nf_tables_msg_types,
        flags: Int32,
        _ description: Step.Description,
        of set: Nftables.Set,
        _ body: (inout MessageWriter, Nftables.Element) -> Void
    ) {
        var next = 0
        while next < elements.count {
            let (base, start) = (next, byteCount)
            var offsets: [Int] = []
            step(message, flags: flags, description, in: set.family) { (writer) in
                writer.put(NFTA_SET_ELEM_LIST_SET, set.name)
                writer.nest(NFTA_SET_ELEM_LIST_ELEMENTS) { (writer) in
                    while next < elements.count, writer.bytes.count - start < Self.chunk {
                        offsets.append(writer.bytes.count - start)
                        writer.put(elements[next], of: set, body)
                        next += 1
                    }
                }
            }
            noteElements(startingWith: base, at: offsets)
        }
    }
}

extension MessageWriter {
    /// Adds an element: of a set of ranges of one field, where each range begins and where the next value is outside again.
    mutating func put(
        _ element: Nftables.Element,
        of set: Nftables.Set,
        _ body: (inout MessageWriter, Nftables.Element) -> Void = { _, _ in }
    ) {
        let key = element.key
        nest(NFTA_LIST_ELEM) { (writer) in
            if key == .everything {
                writer.put(NFTA_SET_ELEM_FLAGS, NFT_SET_ELEM_CATCHALL.rawValue)
            } else {
                writer.nest(NFTA_SET_ELEM_KEY) { $0.put(NFTA_DATA_VALUE, key.first) }
            }
            if set.key.count > 1, let last = key.last {
                writer.nest(NFTA_SET_ELEM_KEY_END) { $0.put(NFTA_DATA_VALUE, last) }
            }
            body(&writer, element)
        }
        guard set.key.count == 1, set.flags.contains(.interval), let outside = key.next else { return }
        nest(NFTA_LIST_ELEM) { (writer) in
            writer.nest(NFTA_SET_ELEM_KEY) { $0.put(NFTA_DATA_VALUE, outside) }
            writer.put(NFTA_SET_ELEM_FLAGS, NFT_SET_ELEM_INTERVAL_END.rawValue)
        }
    }
}

extension Nftables.Key {
    /// The value after the last; nil when there is none.
    var next: [UInt8]? {
        var bytes = last ?? first
        for place in bytes.indices.reversed() {
            bytes[place] &+= 1
            if bytes[place] != 0 { return bytes }
        }
        return nil
    }
}
