import Testing
import Wire

@Suite("MPLS label stack") struct MPLSStackTests {
    static let labels: [UInt8] = [
        0x00, 0x06, 0x40, 0xff,  // label 100, more follow
        0x00, 0x0c, 0x81, 0x40,  // label 200, bottom of the stack
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try MPLSStack(bytes) }
    }

    @Test(
        arguments: [
            ([0x45], 8, 0x0800), ([0x60], 8, 0x86dd), ([0x00, 0x00, 0x00, 0x00], 12, 0x6558), ([0x10], 8, nil),
        ] as [([UInt8], Int, UInt16?)]
    )
    func guessesWhatComesNext(payload: [UInt8], length: Int, type: UInt16?) throws {
        let bytes = Self.labels + payload
        let stack = try MPLSStack(bytes.rawBytes)
        let read = (stack.count, stack.length, stack.protocolType, stack.topLabel, stack.bottomLabel)
        #expect(read.0 == 2)
        #expect(read.1 == length)
        #expect(read.2 == type)
        #expect(read.3 == 100)
        #expect(read.4 == 200)
    }

    @Test(arguments: 0..<9) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused((Self.labels + [0x45]).prefix(length)) == .truncated(.mpls))
    }

    @Test(arguments: 1..<4) func saysWhenAControlWordIsCut(length: Int) {
        #expect(Self.refused(Self.labels + [UInt8](repeating: 0, count: length)) == .truncated(.mpls))
    }

    @Test func followsSixteenLabelsAndNoMore() {
        let label = Self.labels.prefix(4)
        let fourteen = [ArraySlice<UInt8>](repeating: label, count: 14).flatMap(\.self)
        #expect(Self.refused(fourteen + Self.labels + [0x45]) == nil)
        #expect(Self.refused(fourteen + label + Self.labels + [0x45]) == .malformed(.mpls))
    }
}
