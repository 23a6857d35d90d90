import Addressing
import Support
import Testing

@testable import Flows

@Suite("Echoes and what was to be echoed")
struct EchoTests {
    private static let data = (0..<56).map { UInt8($0) }

    private func message(
        _ type: UInt8,
        _ number: UInt8,
        _ data: [UInt8],
        identifier: UInt8 = 7,
        isIPv6: Bool = false
    ) -> [UInt8] {
        let isEcho = type == 0 || type == 129
        let (source, destination): (IPAddress, IPAddress) =
            isEcho ? (Self.host(2, isIPv6), Self.host(1, isIPv6)) : (Self.host(1, isIPv6), Self.host(2, isIPv6))
        let icmp = PacketBuilder.icmp(type: type, [0, identifier, 0, number] + data)
        let bytes = PacketBuilder.ip(icmp, isIPv6 ? 58 : 1, from: source, to: destination)
        return PacketBuilder.ethernet(bytes)
    }

    private static func host(_ number: UInt32, _ isIPv6: Bool) -> IPAddress {
        isIPv6 ? .host6(UInt64(number)) : .host(number)
    }

    /// What a flow tells at its end, of pairs of requests and echoes.
    private func mismatches(_ pairs: [(asked: [UInt8], echoed: [UInt8])], isIPv6: Bool = false) -> Int? {
        let watch = FlowWatch()
        for (number, pair) in pairs.enumerated() {
            let number = UInt8(number)
            watch.see(message(isIPv6 ? 128 : 8, number, pair.asked, isIPv6: isIPv6), at: Int64(number))
            watch.see(message(isIPv6 ? 129 : 0, number, pair.echoed, isIPv6: isIPv6), at: Int64(number), 1000)
        }
        watch.finish()
        return watch.ended.count == 1 ? watch.ended.first?.echoMismatches : nil
    }

    private static let right = (asked: data, echoed: data)
    private static let wrong = (asked: data, echoed: data.map { $0 ^ 1 })

    @Test(arguments: [false, true]) func countsThoseInARow(isIPv6: Bool) {
        #expect(mismatches([Self.right, Self.right], isIPv6: isIPv6) == 0)
        #expect(mismatches([Self.wrong, Self.wrong], isIPv6: isIPv6) == 2)
        #expect(mismatches([Self.wrong, Self.wrong, Self.right], isIPv6: isIPv6) == 0)
        #expect(mismatches([Self.wrong, Self.wrong, Self.wrong, Self.right], isIPv6: isIPv6) == 3)
    }

    @Test func seesADifferenceAnywhere() {
        for place in [0, 31, 32, 55] {
            var echoed = Self.data
            echoed[place] ^= 0x80
            #expect(mismatches([(Self.data, echoed)]) == 1, "\(place)")
        }
        #expect(mismatches([(Self.data, Self.data + [0])]) == 1)
        #expect(mismatches([(Self.data, Array(Self.data.prefix(40)))]) == 0)
        #expect(mismatches([(Self.data, Array(Self.data.prefix(40)).map { $0 &+ 1 })]) == 1)
        // Too little to tell.
        #expect(mismatches([(Self.data, [9, 9, 9])]) == 0)
        #expect(mismatches([([], [])]) == 0)
    }

    @Test func passesOverEchoesOfOtherRequests() {
        let watch = FlowWatch()
        watch.see(message(0, 1, [1]), at: 1)
        watch.see(message(8, 2, Self.data), at: 2)
        watch.see(message(0, 1, Self.wrong.echoed), at: 3)
        watch.see(message(0, 2, Self.wrong.echoed, identifier: 8), at: 3)
        watch.see(message(0, 2, Self.data), at: 4)
        // A second echo of the same.
        watch.see(message(0, 2, Self.data.reversed()), at: 5)
        watch.finish()
        #expect(watch.ended.map(\.echoMismatches) == [0])
    }

    @Test func passesOverWhatWasCapturedShort() {
        let watch = FlowWatch()
        for number in 1...5 as ClosedRange<UInt8> {
            let request = message(8, number, Self.data)
            let frame = Frame(
                offset: 0,
                time: Timestamp(nanoseconds: Int64(number) * 1_000_000_000),
                capturedLength: UInt32(request.count - 20),
                wireLength: UInt32(request.count),
                interface: 0,
                linkType: 1
            )
            watch.see([frame], of: Array(request.dropLast(20)))
            watch.see(message(0, number, Self.data), at: Int64(number), 1)
        }
        watch.finish()
        #expect(watch.ended.map(\.echoMismatches) == [0])
        #expect(watch.ended.map(\.destinationPackets) == [5])
    }

    @Test func othersHaveNone() {
        let watch = FlowWatch()
        watch.datagram(at: 1)
        watch.answer(at: 2)
        watch.finish()
        #expect(watch.ended.map(\.echoMismatches) == [0])
    }
}
