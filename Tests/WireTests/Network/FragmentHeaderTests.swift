import Testing
import Wire

@Suite("IPv6 fragment header") struct FragmentHeaderTests {
    static let packet: [UInt8] = [
        0x11, 0x00,  // UDP next, reserved
        0x05, 0xa9,  // offset 1448, more follow
        0xde, 0xad, 0xbe, 0xef,  // identification
    ]

    static func read(_ bytes: [UInt8]) throws -> (length: Int, next: UInt8, offset: UInt16, more: Bool, atomic: Bool) {
        let header = try FragmentHeader(bytes.rawBytes)
        return (header.length, header.nextHeader, header.offset, header.hasMoreFragments, header.isAtomic)
    }

    @Test func readsAPieceInTheMiddle() throws {
        let read = try Self.read(Self.packet)
        #expect(read.length == 8)
        #expect(read.next == 17)
        #expect(read.offset == 1448)
        #expect(read.more)
        #expect(!read.atomic)
        let bytes = Self.packet
        let identification = try FragmentHeader(bytes.rawBytes).identification
        #expect(identification == 0xdead_beef)
    }

    @Test func knowsTheFirstTheLastAndTheOnlyPiece() throws {
        let first = try Self.read([0x11, 0, 0x00, 0x01, 0, 0, 0, 1])
        #expect(first.offset == 0)
        #expect(!first.atomic)
        let last = try Self.read([0x11, 0, 0x05, 0xa8, 0, 0, 0, 1])
        #expect(!last.more)
        #expect(!last.atomic)
        // The two reserved bits say nothing.
        let only = try Self.read([0x11, 0, 0x00, 0x06, 0, 0, 0, 1])
        #expect(only.atomic)
        #expect(only.offset == 0)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in
            _ = try FragmentHeader(bytes)
        }
        #expect(error == .truncated(.fragment))
    }
}
