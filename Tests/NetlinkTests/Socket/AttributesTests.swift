import Addressing
import Testing

@testable import Netlink

@Suite("Attributes") struct AttributesTests {
    /// Types and values, or the error that reading them to the end gives.
    static func read(_ bytes: [UInt8]) -> Result<[(Int, [UInt8])], NetlinkError> {
        var found: [(Int, [UInt8])] = []
        var attributes = Attributes(bytes.rawBytes, operation: "x")
        do throws(NetlinkError) {
            while let attribute = try attributes.next() {
                let value = attribute.value
                found.append((attribute.type, (0..<value.byteCount).map { value.load(UInt8.self, at: $0) }))
            }
            return .success(found)
        } catch {
            return .failure(error)
        }
    }

    static func isRefused(_ bytes: [UInt8]) -> Bool {
        if case .failure(.malformed(operation: "x")) = read(bytes) { true } else { false }
    }

    @Test func areReadOneAfterAnother() throws {
        let found = try Self.read([
            0x05, 0x00, 0x01, 0x00, 0xaa, 0x00, 0x00, 0x00,  // one octet, padded
            0x04, 0x00, 0x02, 0x80,  // none; the flag NLA_F_NESTED is no part of the type
            0x06, 0x00, 0x03, 0x40, 0xbb, 0xcc,  // two, not padded at the end
        ]).get()
        #expect(found.map(\.0) == [1, 2, 3])
        #expect(found.map(\.1) == [[0xaa], [], [0xbb, 0xcc]])
    }

    @Test func noneAreNone() throws {
        #expect(try Self.read([]).get().isEmpty)
    }

    @Test(arguments: 1..<4) func lessThanAHeaderIsRefused(length: Int) {
        #expect(Self.isRefused([0x04, 0x00, 0x01].prefix(length).map { $0 }))
    }

    @Test(arguments: [0, 1, 2, 3, 9, 0xff] as [UInt8]) func aLengthThatCannotBeIsRefused(length: UInt8) {
        #expect(Self.isRefused([length, 0x00, 0x01, 0x00, 1, 2, 3, 4]))
    }

    @Test func aLengthOfAllOnesIsRefused() {
        #expect(Self.isRefused([0xff, 0xff, 0x01, 0x00, 1, 2, 3, 4]))
    }

    /// What the reader makes of one attribute's value.
    static func value<Value>(
        _ value: [UInt8],
        _ read: (borrowing Attribute) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> Value {
        try read(Attribute(type: 1, value: value.rawBytes, operation: "x"))
    }

    @Test func integersAreReadInBothByteOrders() throws {
        let bytes: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        #expect(try Self.value(bytes) { (it) throws(NetlinkError) in try it.integer(UInt32.self) } == 0x7856_3412)
        #expect(try Self.value(bytes) { (it) throws(NetlinkError) in try it.bigEndian(UInt32.self) } == 0x1234_5678)
        // Longer than asked for is no fault: a newer kernel may widen it.
        #expect(try Self.value(bytes) { (it) throws(NetlinkError) in try it.bigEndian(UInt16.self) } == 0x1234)
    }

    @Test(arguments: 0..<4) func anIntegerThatIsCutIsRefused(length: Int) {
        let bytes = [UInt8](repeating: 1, count: length)
        #expect(throws: NetlinkError.malformed(operation: "x")) {
            _ = try Self.value(bytes) { (it) throws(NetlinkError) in try it.integer(UInt32.self) }
        }
    }

    @Test(arguments: 0...20) func anAddressHasFourBytesOrSixteen(length: Int) throws {
        let bytes = (0..<length).map { UInt8($0 + 1) }
        let read = { () throws(NetlinkError) -> IPAddress in
            try Self.value(bytes) { (it) throws(NetlinkError) in try it.address() }
        }
        switch length {
        case 4: #expect(try read().description == "1.2.3.4")
        case 16: #expect(try read().description == "102:304:506:708:90a:b0c:d0e:f10")
        default: #expect(throws: NetlinkError.malformed(operation: "x")) { _ = try read() }
        }
    }

    @Test(arguments: 0...8) func aHardwareAddressHasSixBytesOrIsNone(length: Int) throws {
        let bytes = (0..<length).map { UInt8($0 + 1) }
        let address = try Self.value(bytes) { $0.hardwareAddress?.description }
        #expect(address == (length == 6 ? "01:02:03:04:05:06" : nil))
    }

    @Test func textEndsAtANULOrTheEnd() throws {
        #expect(try Self.value(Array("eth0\0junk".utf8)) { $0.text } == "eth0")
        #expect(try Self.value(Array("eth0".utf8)) { $0.text } == "eth0")
        #expect(try Self.value([]) { $0.text } == "")
        #expect(try Self.value([0x61, 0xff, 0x62, 0]) { $0.text } == "a\u{fffd}b")
    }
}
