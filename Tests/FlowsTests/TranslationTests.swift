import Addressing
import Support
import Testing

@testable import Flows

@Suite("Translations")
struct TranslationTests {
    /// A published port: 10.0.0.9 asks 10.0.0.1:8080 and gets 10.0.0.3:80.
    private static let published = FlowTranslation(
        protocolNumber: 6,
        source: .init(address: .host(9), port: 50_000),
        destination: .init(address: .host(1), port: 8080),
        translatedSource: .init(address: .host(9), port: 50_000),
        translatedDestination: .init(address: .host(3), port: 80)
    )

    /// Masquerade: 10.0.0.3 asks 10.0.0.9:443, who sees 10.0.0.1:61000.
    private static let masqueraded = FlowTranslation(
        protocolNumber: 6,
        source: .init(address: .host(3), port: 40_000),
        destination: .init(address: .host(9), port: 443),
        translatedSource: .init(address: .host(1), port: 61_000),
        translatedDestination: .init(address: .host(9), port: 443)
    )

    private static func frame(
        _ from: FlowTranslation.End,
        _ to: FlowTranslation.End,
        _ flags: String,
        sequence: UInt32 = 1
    ) -> [UInt8] {
        PacketBuilder.ip(
            PacketBuilder.tcp(from: from.port, to: to.port, flags, sequence: sequence),
            6,
            from: from.address,
            to: to.address
        )
    }

    /// A handshake, seen outside (interface 1) and inside (2), in the order a host forwards it.
    private static func handshake(_ watch: FlowWatch, _ translation: FlowTranslation, at second: Int64 = 0) {
        let (syn, synAck, ack) = ("S", "SA", "A")
        let before = (translation.source, translation.destination)
        let after = (translation.translatedSource, translation.translatedDestination)
        for (index, flags) in [syn, synAck, ack].enumerated() {
            let time = Int64(index) * 1000
            if flags == synAck {
                watch.seeCooked(frame(after.1, after.0, flags), at: second, time, index: 2, outgoing: false)
                watch.seeCooked(frame(before.1, before.0, flags), at: second, time + 1, index: 1, outgoing: true)
            } else {
                watch.seeCooked(frame(before.0, before.1, flags), at: second, time, index: 1, outgoing: false)
                watch.seeCooked(frame(after.0, after.1, flags), at: second, time + 1, index: 2, outgoing: true)
            }
        }
    }

    private static func watch() -> FlowWatch {
        var configuration = FlowConfiguration()
        configuration.reportsStarts = true
        return FlowWatch(configuration)
    }

    @Test(arguments: [published, masqueraded])
    func knownBeforehandMakeOneFlow(_ translation: FlowTranslation) {
        let watch = Self.watch()
        watch.table.translate(translation, in: .bare, sink: watch)
        Self.handshake(watch, translation)
        #expect(watch.started.count == 1)
        #expect(watch.started.map(\.packets) == [1])
        watch.finish()
        #expect(watch.ended.count == 1)
        let flow = watch.ended[0]
        #expect(flow.isEstablished)
        #expect(flow.history == "ShA")
        #expect(flow.source == translation.source.address)
        #expect(flow.destination == translation.translatedDestination.address)
        #expect(flow.destinationPort == translation.translatedDestination.port)
        #expect(flow.packets == 3)
        #expect(watch.translations == [translation])
        #expect(watch.paths[0].map(\.packets) == [3, 3])
        #expect(watch.paths[0].map { flow.isSource($0.beyond) } == [true, false])
        #expect(watch.paths[0].map(\.isTranslated) == (translation.keepsTranslated ? [true, false] : [false, true]))
    }

    @Test(arguments: [published, masqueraded])
    func learnedLateEndTheOtherFlowJoined(_ translation: FlowTranslation) {
        let watch = Self.watch()
        Self.handshake(watch, translation)
        #expect(watch.started.count == 2)
        #expect(watch.count == 2)
        watch.table.translate(translation, in: .bare, sink: watch)
        #expect(watch.ended.map(\.endReason) == [.joined])
        Self.handshake(watch, translation, at: 1)
        watch.finish()
        #expect(watch.ended.count == 2)
        #expect(watch.ended[0].joinedTo == watch.ended[1].identifier)
        #expect(watch.ended[0].twin == nil)
        #expect(watch.ended.map(\.gain.packets) == [0, 6])
        #expect(watch.paths[1].map(\.packets).reduce(0, +) == 12)
        #expect(watch.started.contains { $0.identifier == watch.ended[1].identifier })
    }

    @Test func areLearnedBetweenTheFirstPacketAndItsNextPoint() {
        let watch = Self.watch()
        let translation = Self.published
        let syn = Self.frame(translation.source, translation.destination, "S")
        watch.seeCooked(syn, at: 0, 0, index: 1, outgoing: false)
        watch.table.translate(translation, in: .bare, sink: watch)
        let onward = Self.frame(translation.translatedSource, translation.translatedDestination, "S")
        watch.seeCooked(onward, at: 0, 1, index: 2, outgoing: true)
        watch.finish()
        #expect(watch.ended.map(\.endReason) == [.joined, .captureEnd])
        #expect(watch.ended.map(\.first.nanoseconds) == [0, 0])
        #expect(watch.paths[1].map(\.isTranslated) == [false, true])
    }

    @Test func leaveNothingBehindWhenTheirFlowEnds() {
        let watch = Self.watch()
        watch.table.translate(Self.published, in: .bare, sink: watch)
        Self.handshake(watch, Self.published)
        #expect(watch.count == 2)
        watch.advance(to: 400)
        #expect(watch.ended.count == 1)
        #expect(watch.count == 0)
        // The same ends again, without NAT this time.
        watch.table.forget(Self.published, in: .bare)
        watch.seeCooked(
            Self.frame(Self.published.source, Self.published.destination, "S"),
            at: 401,
            index: 1,
            outgoing: false
        )
        watch.finish()
        #expect(watch.ended.map(\.destinationPort) == [80, 8080])
        #expect(watch.translations == [Self.published, nil])
    }

    /// The same connection under another masqueraded port: nothing keeps the entry of the one before.
    @Test func thatTakeThePlaceOfAnotherLeaveNothingOfIt() {
        let watch = Self.watch()
        watch.table.translate(Self.masqueraded, in: .bare, sink: watch)
        Self.handshake(watch, Self.masqueraded)
        #expect(watch.table.count == 2)
        var again = Self.masqueraded
        again.translatedSource.port = 62_000
        watch.table.translate(again, in: .bare, sink: watch)
        Self.handshake(watch, again, at: 1)
        #expect(watch.table.count == 2)
        #expect(watch.started.count == 1)
        watch.finish()
        #expect(watch.ended.count == 1)
        #expect(watch.translations == [again])
    }

    @Test func ofPortsUsedAgainBelongToTheNewConversation() {
        let watch = Self.watch()
        watch.table.translate(Self.published, in: .bare, sink: watch)
        Self.handshake(watch, Self.published)
        var next = Self.published
        next.translatedDestination = .init(address: .host(4), port: 80)
        watch.table.translate(next, in: .bare, sink: watch)
        Self.handshake(watch, next, at: 2)
        watch.finish()
        #expect(watch.ended.map(\.destination) == [.host(3), .host(4)])
        #expect(watch.ended.map(\.packets) == [3, 3])
    }

    @Test func surviveACutOfTheRecord() {
        let watch = FlowWatch()
        watch.table.translate(Self.published, in: .bare, sink: watch)
        for second in stride(from: Int64(0), through: 2000, by: 100) {
            Self.handshake(watch, Self.published, at: second)
        }
        watch.finish()
        #expect(watch.ended.map(\.endReason) == [.active, .captureEnd])
        #expect(watch.translations == [Self.published, Self.published])
        #expect(watch.ended.map(\.packets).reduce(0, +) == 63)
    }

    @Test func thatChangeNothingAreNone() {
        let watch = Self.watch()
        var none = Self.published
        none.translatedDestination = none.destination
        watch.table.translate(none, in: .bare, sink: watch)
        Self.handshake(watch, none)
        watch.finish()
        #expect(watch.translations == [nil])
    }

    @Test func inAnotherScopeSayNothing() {
        let watch = Self.watch()
        watch.table.translate(Self.published, in: .namespace(7), sink: watch)
        Self.handshake(watch, Self.published)
        watch.finish()
        #expect(watch.ended.count == 2)
    }

    @Test func haveABound() {
        var table = TranslationTable()
        for port in 0..<TranslationTable.limit + 10 {
            var translation = Self.published
            translation.source.address = .host(100 + UInt32(port) / 60_000)
            translation.source.port = UInt16(port % 60_000)
            translation.translatedSource = translation.source
            _ = table.add(translation, scope: 0)
        }
        #expect(table.overflows == 10)
    }
}
