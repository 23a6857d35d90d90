import Addressing
import Testing
import Wire

@testable import Detection

@Suite("Tunnels nobody sees into")
struct EncryptedOverlayTests {
    private let left = Party(Stream.host("192.168.0.1"))
    private let right = Party(Stream.host("192.168.0.2"))

    private func run(_ change: (inout FlowFact) -> Void) -> [Alert] {
        var stream = Stream()
        for number in 0..<5 {
            let fact = stream.call(
                number % 2 == 0 ? left : right,
                number % 2 == 0 ? right : left,
                0,
                at: Double(number) * 7200
            )
            stream.goOn(fact, .goesOn, change)
        }
        return stream.found(.encryptedOverlay)
    }

    @Test func eachPairIsToldOnce() {
        #expect(
            run { $0.protocolNumber = 50 }.map(\.message) == [
                "ESP between 192.168.0.1 and 192.168.0.2: nobody sees what is in it"
            ]
        )
        let wireGuard = run { ($0.protocolNumber, $0.port, $0.application) = (17, 51_820, .wireguard) }
        #expect(wireGuard.map(\.severity) == [20])
        #expect(run { ($0.protocolNumber, $0.port) = (17, 4500) }.count == 1)
    }

    @Test func aHostWithManyIsToldOfAsOne() {
        var stream = Stream()
        for number in 1...30 {
            let fact = stream.call(left, Party(Stream.host("192.168.1.\(number)")), 0, at: Double(number))
            stream.goOn(fact) { $0.protocolNumber = 50 }
        }
        #expect(stream.found(.encryptedOverlay).count == PeerTally.each + 1)
    }

    @Test func whatIsEverywhereIsToldOfAllTogether() throws {
        var stream = Stream()
        func begin(_ hosts: ClosedRange<Int>, at seconds: Double) {
            for number in hosts {
                let from = Party(Stream.host("10.1.\(number / 250).\(number % 250 + 1)"))
                let fact = stream.call(from, right, 0, at: seconds + Double(number) * 0.001)
                stream.goOn(fact) { $0.protocolNumber = 50 }
            }
        }
        begin(1...1000, at: 10)
        let found = stream.found(.encryptedOverlay)
        #expect(found.count == PeerTally.noteLimit + 1)
        let last = try #require(found.last)
        #expect(
            last.isOfMany && last.count == 257
                && last.message.hasPrefix("257 times within an hour, such as: ESP between")
        )
        // Another hour begins anew.
        begin(1001...1005, at: 3700)
        #expect(stream.found(.encryptedOverlay).count == PeerTally.noteLimit + 6)
    }

    @Test func othersAreNone() {
        #expect(run { ($0.protocolNumber, $0.port) = (17, 53) }.isEmpty)
        #expect(run { ($0.protocolNumber, $0.port, $0.application) = (17, 4500, .dns) }.isEmpty)
        #expect(run { ($0.protocolNumber, $0.application) = (6, .tls) }.isEmpty)
    }
}
