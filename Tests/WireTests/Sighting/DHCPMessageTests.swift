import Addressing
import Testing
import Wire

@Suite("DHCP message") struct DHCPMessageTests {
    /// A message up to its options.
    static func start(_ operation: UInt8, client: [UInt8] = [0, 0, 0, 0], your: [UInt8] = [0, 0, 0, 0]) -> [UInt8] {
        [operation, 0x01, 0x06, 0x00]  // Ethernet, six bytes, no hops
            + [0x39, 0x03, 0xf3, 0x26, 0, 0, 0, 0]  // transaction, seconds, flags
            + client + your + [0, 0, 0, 0, 0, 0, 0, 0]  // server and relay
            + [0x02, 0x42, 0xac, 0x11, 0x00, 0x02] + [UInt8](repeating: 0, count: 10)  // hardware address, padded
            + [UInt8](repeating: 0, count: 192)  // server's name, file
            + [0x63, 0x82, 0x53, 0x63]  // cookie
    }

    static let request: [UInt8] =
        start(1) + [
            53, 1, 3,  // REQUEST
            0,  // padding
            50, 4, 10, 0, 0, 7,  // 10.0.0.7, please
            54, 4, 10, 0, 0, 1,  // of the server 10.0.0.1
            12, 5, 0x77, 0x65, 0x62, 0x1b, 0x31,  // "web", an escape, "1"
            60, 3, 0x75, 0x64, 0x68,  // "udh"
            55, 2, 1, 3,  // parameters wanted
            255,  // end
            12, 1, 0x78,  // what comes after the end
        ]

    static func read(_ bytes: [UInt8]) throws -> DHCPMessage { try DHCPMessage(bytes.rawBytes) }

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try DHCPMessage(bytes) }
    }

    @Test func readsARequest() throws {
        let message = try Self.read(Self.request)
        #expect(!message.isReply)
        #expect(message.transactionIdentifier == 0x3903_f326)
        #expect(message.clientHardwareAddress?.description == "02:42:ac:11:00:02")
        #expect(message.messageType == 3)
        #expect(message.requestedAddress?.description == "10.0.0.7")
        #expect(message.serverIdentifier?.description == "10.0.0.1")
        #expect(message.vendorClass == "udh")
        #expect(message.clientAddress == nil)
        #expect(message.yourAddress == nil)
    }

    @Test func showsNoControlCharacterOfAHostName() throws {
        let message = try Self.read(Self.request)
        #expect(message.hostName == "web?1")
    }

    @Test func readsAReply() throws {
        let message = try Self.read(Self.start(2, client: [10, 0, 0, 6], your: [10, 0, 0, 7]) + [53, 1, 5])
        #expect(message.isReply)
        #expect(message.clientAddress?.description == "10.0.0.6")
        #expect(message.yourAddress?.description == "10.0.0.7")
        #expect(message.messageType == 5)
        #expect(message.hostName == nil)
    }

    @Test func isPlainBOOTPWithoutOptions() throws {
        #expect(try Self.read(Self.start(1)).messageType == nil)
    }

    @Test func hasNoHardwareAddressOfAnotherKind() throws {
        var bytes = Self.request
        bytes[1] = 32
        bytes[2] = 0
        #expect(try Self.read(bytes).clientHardwareAddress == nil)
    }

    @Test(arguments: 0..<240) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.request.prefix(length)) == .truncated(.dhcp))
    }

    @Test(arguments: [241, 242, 245, 249, 257, 261, 267]) func saysWhenAnOptionIsCut(length: Int) {
        #expect(Self.refused(Self.request.prefix(length)) == .truncated(.dhcp))
    }

    @Test(arguments: [(0, 0), (0, 3), (2, 17), (236, 0), (239, 0), (241, 2), (245, 5)] as [(Int, UInt8)])
    func refusesWhatContradictsTheProtocol(offset: Int, value: UInt8) {
        var bytes = Self.request
        bytes[offset] = value
        #expect(Self.refused(bytes) == .malformed(.dhcp))
    }
}
