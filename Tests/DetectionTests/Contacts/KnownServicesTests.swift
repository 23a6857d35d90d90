import Addressing
import Testing

@testable import Detection

@Suite("Services that answered") struct KnownServicesTests {
    private func contact(_ number: UInt32, port: UInt16 = 80) -> Imprint {
        let host = Contact.Host(address: .v4(IPv4Address(bits: number)), scope: 1)
        return Imprint(Contact(host: host, protocolNumber: 6, port: port))
    }

    @Test func areAliveForAnHour() {
        var services = KnownServices()
        #expect(!services.isAlive(contact(1), at: Stream.time(5)))
        let first = services.answered(contact(1), at: Stream.time(5))
        let second = services.answered(contact(1), at: Stream.time(3604))
        let late = services.answered(contact(1), at: Stream.time(7204))
        #expect(!first && second && !late)
        #expect(
            services.isAlive(contact(1), at: Stream.time(7205)) && !services.isAlive(contact(2), at: Stream.time(7205))
        )
        #expect(!services.isAlive(contact(1, port: 81), at: Stream.time(7205)))
        #expect(!services.isAlive(contact(1), at: Stream.time(10_804)))
    }

    @Test func rememberWhetherAConnectionWasUsed() {
        var services = KnownServices()
        services.answered(contact(7), at: Stream.time(1))
        #expect(!services.hasConnected(contact(7), at: Stream.time(1)))
        services.answered(contact(7), isTakenUp: true, at: Stream.time(2))
        services.answered(contact(7), at: Stream.time(3))
        #expect(services.hasConnected(contact(7), at: Stream.time(3)))
        #expect(!services.hasConnected(contact(7), at: Stream.time(3603)))
    }

    @Test func manyAreRememberedAsByADictionary() {
        var (services, model) = (KnownServices(), [UInt32: Double]())
        for number in 0..<16_384 as Range<UInt32> {
            services.answered(contact(number &* 0x9e37_79b1), at: Stream.time(Double(number) / 1000))
            model[number] = Double(number) / 1000
        }
        // Of so many hardly one finds all places taken that it may stand in.
        let known = model.keys.count { services.isAlive(contact($0 &* 0x9e37_79b1), at: Stream.time(20)) }
        #expect(known > model.count * 99 / 100)
        var few = KnownServices()
        for number in 0..<2048 as Range<UInt32> { few.answered(contact(number), at: Stream.time(1)) }
        let all = (0..<2048 as Range<UInt32>).count { few.isAlive(contact($0), at: Stream.time(2)) }
        #expect(all == 2048)
        let strangers = (0..<16_384 as Range<UInt32>).count {
            services.isAlive(contact($0, port: 9), at: Stream.time(20))
        }
        #expect(strangers == 0)
    }

    /// Whoever fills it costs no more than a megabyte, and pushes out who answered longest ago.
    @Test func areBounded() {
        var services = KnownServices()
        for number in 0..<400_000 as Range<UInt32> {
            services.answered(contact(number), at: Stream.time(Double(number) / 1000))
        }
        let newest = (390_000..<400_000 as Range<UInt32>).count { services.isAlive(contact($0), at: Stream.time(400)) }
        let all = (0..<400_000 as Range<UInt32>).count { services.isAlive(contact($0), at: Stream.time(400)) }
        #expect(newest > 9900 && all <= KnownServices.limit)
    }
}
