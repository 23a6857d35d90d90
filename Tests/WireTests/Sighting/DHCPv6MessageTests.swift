import Addressing
import Testing
import Wire

@Suite("DHCPv6 message") struct DHCPv6MessageTests {
    static func option(_ code: UInt8, _ value: [UInt8]) -> [UInt8] {
        [0, code, UInt8(value.count >> 8), UInt8(value.count & 255)] + value
    }

    /// An address option: fd00::`last`, preferred for an hour, valid for two.
    static func address(_ last: UInt8) -> [UInt8] {
        option(5, [0xfd] + [UInt8](repeating: 0, count: 14) + [last] + [0, 0, 0x0e, 0x10, 0, 0, 0x1c, 0x20])
    }

    /// An association of addresses: identifier and two times in front.
    static func association(_ options: [UInt8]) -> [UInt8] {
        option(3, [0, 0, 0, 1, 0, 0, 0x07, 0x08, 0, 0, 0x0b, 0x40] + options)
    }

    static let client = option(1, [0, 3, 0, 1, 0x02, 0x42, 0xac, 0x11, 0x00, 0x02])

    static let name = option(39, [0x01, 3, 0x77, 0x65, 0x62, 4, 0x74, 0x65, 0x73, 0x74, 0])

    static let reply: [UInt8] =
        [7, 0x01, 0x02, 0x03] + client
        + option(2, [0, 2, 0, 0, 0, 1, 0xff])  // the server's identifier
        + association(address(7) + option(13, [0, 0]))  // with a status of success
        + option(4, [0, 0, 0, 2] + address(8))  // temporary addresses
        + name

    static func read(_ bytes: [UInt8]) throws -> DHCPv6Message { try DHCPv6Message(bytes.rawBytes) }

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try DHCPv6Message(bytes) }
    }

    @Test func readsWhoIsGivenWhat() throws {
        let message = try Self.read(Self.reply)
        #expect(message.messageType == 7)
        #expect(message.isFromServer)
        #expect(message.clientIdentifier == [0, 3, 0, 1, 0x02, 0x42, 0xac, 0x11, 0x00, 0x02])
        #expect(message.clientHardwareAddress?.description == "02:42:ac:11:00:02")
        #expect(message.leases.map(\.address.description) == ["fd00::7", "fd00::8"])
        #expect(message.leases.map(\.validLifetime) == [7200, 7200])
        #expect(message.hostName == "web.test")
    }

    @Test(arguments: [(1, false), (2, true), (3, false), (7, true), (10, true), (12, false)] as [(UInt8, Bool)])
    func knowsWhoSaysIt(type: UInt8, isFromServer: Bool) throws {
        let message = try Self.read([type, 0x01, 0x02, 0x03])
        #expect(message.messageType == type)
        #expect(message.isFromServer == isFromServer)
        #expect(message.clientIdentifier == nil)
        #expect(message.clientHardwareAddress == nil)
        #expect(message.hostName == nil)
        #expect(message.leases.isEmpty)
    }

    @Test(
        arguments: [
            ([0, 1, 0, 1, 1, 2, 3, 4, 0x02, 0, 0, 0, 0, 9], "02:00:00:00:00:09"),  // with the time it was made
            ([0, 1, 0, 1, 0x02, 0, 0, 0, 0, 9], nil),  // which is missing here
            ([0, 3, 0, 32, 0x02, 0, 0, 0, 0, 9], nil),  // of InfiniBand
            ([0, 2, 0, 0, 0x02, 0, 0, 0, 0, 9], nil),  // of a vendor
            ([0, 4] + [UInt8](repeating: 9, count: 16), nil),  // a UUID
        ] as [([UInt8], String?)]
    )
    func findsAHardwareAddressOnlyWhereOneIs(identifier: [UInt8], address: String?) throws {
        let message = try Self.read([1, 0, 0, 0] + Self.option(1, identifier))
        #expect(message.clientIdentifier == identifier)
        #expect(message.clientHardwareAddress?.description == address)
    }

    @Test(
        arguments: [
            ([0, 3, 0x77, 0x65, 0x62], "web"),  // the first label, with more to it
            ([0, 3, 0x77, 0x65, 0x62, 0], "web"),  // the same, as if whole
            ([0, 3, 0x77, 0x1b, 0x62, 0], #"w\027b"#),  // with an escape
            ([0, 0], nil), ([0], nil), ([], nil),  // none
            ([0, 9, 0x77], nil), ([0, 3, 0x77, 0x65, 0x62, 0xc0, 0x00], nil),  // a label cut, a pointer
        ] as [([UInt8], String?)]
    )
    func readsNamesWholeOrNot(value: [UInt8], hostName: String?) throws {
        #expect(try Self.read([1, 0, 0, 0] + Self.option(39, value)).hostName == hostName)
    }

    /// What looks like an option after the type of a relay's message is its addresses.
    @Test(arguments: [12, 13] as [UInt8]) func unwrapsNothingOfRelays(type: UInt8) throws {
        #expect(try Self.read([type] + Self.reply.dropFirst()).clientIdentifier == nil)
        #expect(Self.refused([type, 0, 0, 0, 0xff]) == nil)
    }

    @Test func keepsEightLeasesAndNoMore() throws {
        let all = (1...12).flatMap { Self.address($0) }
        let leases = try Self.read([7, 0, 0, 0] + Self.association(all) + Self.association(all)).leases
        #expect(leases.map(\.address.description) == (1...8).map { "fd00::\($0)" })
    }

    @Test func looksAtSixtyFourOptionsAndNoMore() throws {
        let start = [7, 0, 0, 0] + [[UInt8]](repeating: Self.option(6, []), count: 61).flatMap(\.self)
        #expect(try Self.read(start + Self.association(Self.address(1)) + Self.client).clientIdentifier != nil)
        #expect(try Self.read(start + Self.association(Self.address(1) + Self.address(2))).leases.count == 2)
        let late = try Self.read(start + Self.option(6, []) + Self.association(Self.address(1) + Self.address(2)))
        #expect(late.leases.count == 1)
        #expect(
            try Self.read(start + Self.association(Self.address(1)) + Self.name + Self.client).clientIdentifier == nil
        )
    }

    @Test(arguments: Array(0..<4) + Array(5..<18)) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.reply.prefix(length)) == .truncated(.dhcp))
    }

    @Test(
        arguments: [
            [0, 1, 2, 3],  // no type
            [1, 0, 0, 0] + option(1, [0, 3]),  // an identifier that is a type alone
            [1, 0, 0, 0] + option(1, [UInt8](repeating: 0, count: 131)),  // one that is too long
            [1, 0, 0, 0] + option(3, [UInt8](repeating: 0, count: 11)),  // an association without its times
            [1, 0, 0, 0] + option(4, [0, 0, 1]),  // one without its identifier
            [7, 0, 0, 0] + association(Array(address(1).dropLast())) + client,  // an option beyond its association
            [7, 0, 0, 0] + association(option(5, [UInt8](repeating: 0, count: 23))),  // an address without its times
        ] as [[UInt8]]
    )
    func refusesWhatContradictsTheProtocol(bytes: [UInt8]) {
        #expect(Self.refused(bytes) == .malformed(.dhcp))
    }
}
