import Testing
import Wire

@Suite("DHCPv6 message") struct DHCPv6MessageTests {
    @Test(arguments: [(1, false), (2, true), (3, false), (7, true), (10, true), (12, false)] as [(UInt8, Bool)])
    func knowsWhoSaysIt(type: UInt8, isFromServer: Bool) throws {
        let bytes: [UInt8] = [type, 0x01, 0x02, 0x03]
        let message = try DHCPv6Message(bytes.rawBytes)
        #expect(message.messageType == type)
        #expect(message.isFromServer == isFromServer)
    }

    @Test(arguments: 0..<4) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: [1, 2, 3, 4].prefix(length)) { bytes throws(WireError) in
            _ = try DHCPv6Message(bytes)
        }
        #expect(error == .truncated(.dhcp))
    }

    @Test func refusesTypeZero() {
        let error = refusal(of: [0, 1, 2, 3]) { bytes throws(WireError) in _ = try DHCPv6Message(bytes) }
        #expect(error == .malformed(.dhcp))
    }
}
