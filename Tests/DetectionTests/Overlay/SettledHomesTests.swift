import Addressing
import Testing

@testable import Detection

@Suite("Where inner addresses are known to live") struct SettledHomesTests {
    private func host(_ number: UInt32) -> Imprint {
        Imprint(Contact.Host(address: .v4(IPv4Address(bits: 0x0af4_0000 + number)), scope: 7))
    }

    private let home = Imprint(Stream.host("192.168.0.2"))
    private let other = Imprint(Stream.host("192.168.0.3"))

    @Test func isBehindOneEndForAWhile() {
        var homes = SettledHomes()
        #expect(!homes.has(host(1), behind: home, at: Stream.time(1)))
        homes.note(host(1), behind: home, at: Stream.time(1))
        #expect(homes.has(host(1), behind: home, at: Stream.time(10.9)))
        #expect(
            !homes.has(host(1), behind: other, at: Stream.time(2))
                && !homes.has(host(2), behind: home, at: Stream.time(2))
        )
        #expect(!homes.has(host(1), behind: home, at: Stream.time(11)))
    }

    @Test func isBehindAnyEndWhereItIsShared() {
        var homes = SettledHomes()
        homes.note(host(1), behind: nil, at: Stream.time(1))
        #expect(
            homes.has(host(1), behind: home, at: Stream.time(2))
                && homes.has(host(1), behind: other, at: Stream.time(2))
        )
        homes.forget(host(2))
        #expect(homes.has(host(1), behind: home, at: Stream.time(2)))
        homes.forget(host(1))
        #expect(!homes.has(host(1), behind: home, at: Stream.time(2)))
    }

    @Test func isBounded() {
        var homes = SettledHomes()
        for number in 0..<100_000 as Range<UInt32> { homes.note(host(number), behind: home, at: Stream.time(1)) }
        let known = (0..<100_000 as Range<UInt32>).count { homes.has(host($0), behind: home, at: Stream.time(2)) }
        #expect(known > 7000 && known <= SettledHomes.size)
    }

    /// Who is passed over where that is no news finds the same as who looks at everything.
    @Test(arguments: 1...3) func nothingIsMissedByIt(seed: Int) {
        var dice = Dice(seed)
        var (all, few) = (Stream(), Stream())
        var passed = 0
        for number in 0..<4000 {
            let seconds = Double(number) / 4
            let resident = 1 + Int(dice.roll() * 6)
            let inner = Party(Stream.host("10.244.2.\(resident)"), scope: 7)
            // Now and then somebody else speaks for one of them.
            let isForged = resident < 4 && dice.roll() < 0.025
            let end = "192.168.0.\(isForged ? 66 : resident)"
            all.pass(inner, from: end, at: seconds)
            let place = Imprint(Contact.Host(address: inner.address, scope: 7))
            if few.isAtHome(place, behind: Stream.host(end), at: seconds) {
                passed += 1
            } else {
                few.pass(inner, from: end, at: seconds)
            }
        }
        let (found, foundByFew) = (all.found(.strangeInnerSource), few.found(.strangeInnerSource))
        #expect(found.map(\.message) == foundByFew.map(\.message) && found.map(\.time) == foundByFew.map(\.time))
        #expect(!found.isEmpty && passed > 1000)
    }
}

extension Stream {
    fileprivate func isAtHome(_ place: Imprint, behind end: IPAddress, at seconds: Double) -> Bool {
        detectors.isAtHome(place, behind: end, at: Self.time(seconds))
    }
}
