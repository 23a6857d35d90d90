import Testing
import Wire

@Suite("WireGuard header") struct WireGuardHeaderTests {
    /// A message's first twelve bytes; both indices little-endian.
    static func message(_ type: UInt8) -> [UInt8] {
        [type, 0, 0, 0, 0x01, 0x00, 0x00, 0x80, 0x02, 0x00, 0x00, 0x00]
    }

    static func isWireGuard(_ bytes: [UInt8], _ length: Int) -> Bool {
        WireGuardHeader(bytes.rawBytes, datagramLength: length) != nil
    }

    @Test(
        arguments: [
            (1, 148, 0x8000_0001, nil), (2, 92, 0x8000_0001, 2), (3, 64, nil, 0x8000_0001), (4, 32, nil, 0x8000_0001),
        ] as [(UInt8, Int, UInt32?, UInt32?)]
    )
    func readsTheIndicesOfEachMessage(type: UInt8, length: Int, sender: UInt32?, receiver: UInt32?) {
        let bytes = Self.message(type)
        guard let header = WireGuardHeader(bytes.rawBytes, datagramLength: length) else {
            Issue.record("not taken for WireGuard")
            return
        }
        let read = (header.message.rawValue, header.senderIndex, header.receiverIndex)
        #expect(read.0 == type)
        #expect(read.1 == sender)
        #expect(read.2 == receiver)
    }

    @Test(arguments: [(1, 147), (1, 149), (2, 93), (3, 65), (4, 16), (4, 33), (4, 47)] as [(UInt8, Int)])
    func isNoneOfAnotherLength(type: UInt8, length: Int) {
        #expect(!Self.isWireGuard(Self.message(type), length))
    }

    @Test(arguments: [0, 5, 255] as [UInt8]) func isNoneOfAnotherType(type: UInt8) {
        #expect(!Self.isWireGuard(Self.message(type), 148))
    }

    @Test(arguments: 1..<4) func isNoneWithReservedBytesSet(offset: Int) {
        var bytes = Self.message(4)
        bytes[offset] = 1
        #expect(Self.isWireGuard(Self.message(4), 64))
        #expect(!Self.isWireGuard(bytes, 64))
    }

    @Test(arguments: 0..<12) func isNoneWhenBytesAreMissing(length: Int) {
        #expect(!Self.isWireGuard(Array(Self.message(1).prefix(length)), 148))
    }
}
