import Addressing
import Testing

@testable import Detection

@Suite("Answered datagrams in masses") struct DatagramRushTests {
    private let contact = Contact(
        host: Contact.Host(address: .v4(IPv4Address(bits: 9)), scope: 0),
        protocolNumber: 17,
        port: 8125
    )

    @Test func fewAreNotLookedAt() {
        var rush = DatagramRush()
        var seen: [Bool] = []
        for number in 0..<DatagramRush.few + 50 {
            seen.append(rush.isMore(Imprint(contact), at: Stream.time(Double(number) / 1000)))
        }
        #expect(seen.count { $0 } == 50 && seen.last == true && seen.first == false)
        // Slowly they are never many.
        var slow = DatagramRush()
        for second in 0..<2000 {
            let isMore = slow.isMore(Imprint(contact), at: Stream.time(Double(second)))
            #expect(!isMore)
        }
    }

    @Test func whoHasNoPlaceIsLookedAt() {
        var rush = DatagramRush()
        let isMore = (0..<20_000 as Range<UInt32>).count { number in
            let host = Contact.Host(address: .v4(IPv4Address(bits: number)), scope: 0)
            return rush.isMore(Imprint(Contact(host: host, protocolNumber: 17, port: 1)), at: Stream.time(5))
        }
        #expect(isMore > 20_000 - 2 * DatagramRush.size && isMore <= 20_000 - DatagramRush.size / 2)
    }
}
