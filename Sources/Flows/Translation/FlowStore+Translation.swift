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
            book.asides[aside].translated?.isPrimaryTranslated = true
            book.asides[aside].translated?.isUntold = true
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
            if unsafe book.asides[details[other].aside].main?.number != main { removeStub(other, &book) }
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
            book.asides[aside].append(link.isTurned ? point.turned : point)
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

    private func makeStub(of alias: Int, for main: Int, _ link: TranslationTable.Link, _ book: inout FlowBook) {
        unsafe entries[alias].counters = FlowCounters()
        unsafe entries[alias].counters.point = Self.stubPoint
        unsafe details[alias].application = 0
        unsafe details[alias].tunnel = 0
        // Not a flow any more: nobody tells of it.
        unsafe details[alias].serial = 0
        let stub = book.asides.make()
        unsafe details[alias].aside = stub
        book.asides[stub].main = (main, link.isTurned)
        let aside = aside(of: main, &book)
        if book.asides[aside].translated?.translation != link.translation {
            book.asides[aside].translated = TranslatedFlow(translation: link.translation)
        }
        book.asides[aside].translated?.stubs.append(UInt32(truncatingIfNeeded: alias))
    }

    /// Counts a packet of a stub for its flow.
    mutating func forward(
        _ packet: borrowing Packet,
        _ number: Int,
        _ context: PacketContext,
        _ book: inout FlowBook,
        _ sink: any FlowSink
    ) {
        guard let (main, isTurned) = unsafe book.asides[details[number].aside].main else { return }
        var translated = Self.translated(packet, isTurned, packet.hash)
        let aside = aside(of: main, &book)
        let isPrimary = book.asides[aside].translated?.isPrimaryTranslated ?? false
        if isPrimary, unsafe entries[main].counters.point == context.point {
            if needsCare(main, translated), takeCare(main, translated, context, &book, sink) { return }
            unsafe count(&translated, main, context.time, &book)
            if translated.payloadCaptured > 0, translated.flags.contains(.hasTransport), wantsInspection(main) {
                inspect(translated, main, context, &book, sink)
            }
        } else {
            let beyond = FlowEnd(beyond: translated)
            let position = book.asides[aside].translated(at: context.point, beyond: beyond, context.time)
            book.asides[aside].points[position].add(translated, at: context.time)
        }
        tellOfStart(main, &book, sink)
    }

    private func tellOfStart(_ main: Int, _ book: inout FlowBook, _ sink: any FlowSink) {
        let aside = unsafe details[main].aside
        guard aside != 0, book.asides[aside].translated?.isUntold ?? false else { return }
        book.asides[aside].translated?.isUntold = false
        if configuration.reportsStarts { sink.started(snapshot(main, book), book) }
    }

    /// Takes a flow's stubs out, when it goes itself.
    mutating func removeStubs(of number: Int, _ book: inout FlowBook) {
        let aside = unsafe details[number].aside
        guard aside != 0, let stubs = book.asides[aside].translated?.stubs else { return }
        for stub in stubs { remove(stub: Int(stub), &book) }
        book.asides[aside].translated?.stubs = []
    }

    private mutating func removeStub(_ number: Int, _ book: inout FlowBook) {
        if let (main, _) = unsafe book.asides[details[number].aside].main {
            let aside = unsafe details[main].aside
            if aside != 0 { book.asides[aside].translated?.stubs.removeAll { Int($0) == number } }
        }
        remove(stub: number, &book)
    }

    private mutating func remove(stub: Int, _ book: inout FlowBook) {
        unsafe book.asides.release(details[stub].aside)
        unsafe details[stub].aside = 0
        unsafe remove(stub, entries[stub].key)
    }
}
