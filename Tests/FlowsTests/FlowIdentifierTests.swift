import Addressing
import Support
import Testing

@testable import Flows

@Suite("Flow identifiers")
struct FlowIdentifierTests {
    @Test func areSixteenHexadecimalDigits() {
        for serial in UInt32(0)..<1000 {
            let text = FlowIdentifier(serial: serial, first: Timestamp(nanoseconds: Int64(serial))).description
            #expect(text.utf8.count == 16)
            #expect(text.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
    }

    @Test func areDistinct() {
        var identifiers: Set<FlowIdentifier> = []
        for serial in UInt32(1)...20_000 {
            for first in [Int64.min, 0, 1, .max, Int64(serial) * 1000] {
                identifiers.insert(FlowIdentifier(serial: serial, first: Timestamp(nanoseconds: first)))
            }
        }
        #expect(identifiers.count == 100_000)
    }

    @Test func areTheSameForTheSameCapture() {
        let runs = (0..<2).map { _ in
            let watch = FlowWatch()
            for number in UInt16(0)..<100 { watch.datagram(from: 40_000 + number, at: Int64(number)) }
            watch.finish()
            return watch.ended.map(\.identifier)
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0]).count == 100)
    }

    @Test func areToldWithDNSAnswers() {
        let watch = FlowWatch()
        let answer: [UInt8] = [0, 1, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 1, 0, 1]
        for port in 50_000...50_002 as ClosedRange<UInt16> {
            watch.see(PacketBuilder.datagram(from: .host(2), 53, to: .host(1), port, answer), at: 1)
        }
        watch.finish()
        #expect(Set(watch.exchanges.map(\.flow)) == Set(watch.ended.map(\.identifier)))
        #expect(watch.exchanges.count == 3)
    }

    /// Records written elsewhere refer to them.
    @Test func stayWhatTheyAre() {
        let identifier = FlowIdentifier(serial: 1, first: Timestamp(nanoseconds: 1_600_000_000_000_000_000))
        #expect(identifier.description == "0d7b8da61c1d3e9a")
    }
}
