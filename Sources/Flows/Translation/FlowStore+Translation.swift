import Addressing
import Wire

/// Flows that NAT makes two of: one is kept, the other's packets count for it.
///
/// The other's entry stays in the index as a *stub*: it lies at no real observation point, so that the packet loop takes its
/// packets for ones that need care, and it costs other flows nothing.
extension FlowStore {
    /// The point of a stub.
    static var stubPoint: UInt16 { .max }

    func isStub(_ number: Int) -> Bool {
        unsafe entries[number].counters.point == Self.stubPoint
    }

    /// Begins the flow that packets with a translation's other ends count for; returns their stub, or nil when they have none.
    mutating func beginTranslated(
        _ key: Key,
        _ packet: borrowing Packet,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) -> Int? {
        guard let link = book.translations[TranslatedKey(key)], link.isAlias, let kept = Key(link.partner) else {
            return nil
        }
        let known = find(kept, kept.place(seed))
        if let known, isStub(known) { return nil }
        let main: Int
        if let known {
            main = known
        } else {
            main = begin(kept, Self.translated(packet, link.isTurned, kept.hash(seed)), context, &book, sink)
        }
        // It may have been that one that had to make room.
        if isFull { evict(context, &book, sink) }
        guard holds(kept, at: main) else { return nil }
        let stub = insert(key, key.place(seed))
        makeStub(of: stub, for: main, link, &book)
        if known == nil {
            let aside = aside(of: main, &book)
            book.asides[aside].flags.formUnion([.isPrimaryTranslated, .isUntold])
        }
        return stub
    }

    /// The packet as one between the flow's kept ends: which of them sent it is what counts.
    private static func translated(_ packet: borrowing Packet, _ isTurned: Bool, _ hash: UInt64) -> Packet {
        var translated = copy packet
        translated.hash = hash
        if isTurned {
            translated.flags.formSymmetricDifference(.reversed)
            let ports = packet.transport & 0xffff << 16 | packet.transport >> 16 & 0xffff
            translated.transport = packet.transport & 0xff_0000_0000 | ports
        }
        return translated
    }

    /// Joins a flow that has just begun, and that nobody was told of, with one under its other ends.
    mutating func meetTranslation(_ number: Int, _ key: Key, _ book: inout FlowBook, _ sink: any FlowSink) {
        guard let link = book.translations[TranslatedKey(key)], !link.isAlias, let other = find(link.partner),
            !isStub(other)
        else { return }
        // It began where its first packet was seen, on whichever side that was.
        unsafe details[number].first = min(details[other].first, details[number].first)
        absorb(other, into: number, link, &book, sink)
    }

    /// Joins two flows that are under way.
    mutating func join(kept: TranslatedKey, alias: TranslatedKey, _ book: inout FlowBook, _ sink: any FlowSink) {
        guard let link = book.translations[alias], let other = find(alias) else { return }
        let main = find(kept)
        if isStub(other) {
            // Its ends had another conversation before.
            if unsafe details[other].main?.number != main { removeStub(other, &book) }
        } else if let main, !isStub(main) {
            absorb(other, into: main, link, &book, sink)
        }
    }

    private func find(_ wide: TranslatedKey) -> Int? {
        guard let key = Key(wide) else { return nil }
        return find(key, key.place(seed))
    }

    /// Gives what a flow counted to the main flow, tells that it ended so, and makes a stub of it.
    private mutating func absorb(
        _ alias: Int,
        into main: Int,
        _ link: TranslationTable.Link,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        let aside = aside(of: main, &book)
        for point in book.pointCounts(primaryCount(alias), aside: unsafe details[alias].aside) {
            addTranslated(link.isTurned ? point.turned : point, to: aside, &book)
        }
        book.joining = unsafe FlowIdentifier(
            serial: details[main].serial,
            first: Timestamp(nanoseconds: details[main].first)
        )
        tell(alias, .joined, &book, sink)
        book.joining = nil
        unsafe wheel.remove(alias, details)
        makeStub(of: alias, for: main, link, &book)
    }

    private mutating func makeStub(of alias: Int, for main: Int, _ link: TranslationTable.Link, _ book: inout FlowBook)
    {
        unsafe entries[alias].counters = FlowCounters()
        unsafe entries[alias].counters.point = Self.stubPoint
        unsafe details[alias].application = 0
        unsafe details[alias].tunnel = 0
        // Not a flow any more: nobody tells of it.
        unsafe details[alias].serial = 0
        unsafe details[alias].aside = 0
        unsafe details[alias].main = (main, link.isTurned)
        let aside = aside(of: main, &book)
        if book.asides[rarity: aside].translation != link.translation {
            book.asides[rarity: aside].translation = link.translation
            let old = book.asides[rarity: aside].stubs
            book.asides[rarity: aside].stubs = []
            // Packets with the addresses of before are no part of it any more.
            for stub in old.map(Int.init) where stub != alias && isStub(stub) {
                if unsafe details[stub].main?.number == main { remove(stub: stub) }
            }
            book.asides[aside].flags.subtract([.isPrimaryTranslated, .isUntold])
        }
        book.asides[rarity: aside].stubs.append(UInt32(truncatingIfNeeded: alias))
    }

    /// Adds a point that saw the flow's other addresses, or adds it to the last where there is no room.
    private func addTranslated(_ count: PointCount, to first: UInt32, _ book: inout FlowBook) {
        var count = count
        count.isTranslated = true
        let (number, isNew) = book.asides.append(count, to: first)
        if !isNew { book.asides[number].count.add(count) }
    }

    /// Counts a packet of a stub for its flow.
    mutating func forward(
        _ packet: borrowing Packet,
        _ number: Int,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        guard let (main, isTurned) = unsafe details[number].main else { return }
        var translated = Self.translated(packet, isTurned, packet.hash)
        let aside = aside(of: main, &book)
        let isPrimary = book.asides[aside].flags.contains(.isPrimaryTranslated)
        if isPrimary, unsafe entries[main].counters.point == context.point {
            if needsCare(main, translated), takeCare(main, translated, context, &book, sink) { return }
            unsafe count(&translated, main, context.time, &book)
            if isAwaitedAnswer(main, translated) {
                tellAnswer(main, translated, at: context.time, book, sink)
            }
            if translated.payloadCaptured > 0, translated.flags.contains(.hasTransport), wantsInspection(main) {
                inspect(translated, main, context, &book, sink)
            }
        } else {
            var number = book.asides.find(context.point, of: aside, isTranslated: true)
            if number == 0 {
                var count = PointCount(point: context.point, at: context.time)
                count.beyond = FlowEnd(beyond: translated)
                count.isTranslated = true
                number = book.asides.append(count, to: aside).number
            }
            let fromHigh = translated.flags.contains(.reversed)
            book.asides[number].count.add(translated.length, fromHigh: fromHigh, at: context.time)
        }
        tellOfStart(main, &book, sink)
    }

    private func tellOfStart(_ main: Int, _ book: inout FlowBook, _ sink: any FlowSink) {
        let aside = unsafe details[main].aside
        guard aside != 0, book.asides[aside].flags.contains(.isUntold) else { return }
        book.asides[aside].flags.remove(.isUntold)
        if configuration.reportsStarts { tellStart(main, &book, sink) }
    }

    /// Takes a flow's stubs out, when it goes itself.
    mutating func removeStubs(of number: Int, _ book: inout FlowBook) {
        let aside = unsafe details[number].aside
        guard aside != 0, book.asides[aside].flags.contains(.hasRarity) else { return }
        for stub in book.asides[rarity: aside].stubs { remove(stub: Int(stub)) }
        book.asides[rarity: aside].stubs = []
    }

    private mutating func removeStub(_ number: Int, _ book: inout FlowBook) {
        if let (main, _) = unsafe details[number].main {
            let aside = unsafe details[main].aside
            if aside != 0, book.asides[aside].flags.contains(.hasRarity) {
                book.asides[rarity: aside].stubs.removeAll { Int($0) == number }
            }
        }
        remove(stub: number)
    }

    private mutating func remove(stub: Int) {
        unsafe details[stub].main = nil
        unsafe remove(stub, entries[stub].key)
    }
}
