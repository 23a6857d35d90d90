import Testing

@testable import Netlink

@Suite("Netlink messages") struct NetlinkMessagesTests {
    /// A header, and what follows it.
    static func message(_ body: [UInt8], length: UInt32? = nil) -> [UInt8] {
        let length = length ?? UInt32(16 + body.count)
        return (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + [
            0x10, 0x00,  // nlmsg_type: RTM_NEWLINK
            0x02, 0x00,  // nlmsg_flags: NLM_F_MULTI
            0x07, 0x00, 0x00, 0x00,  // nlmsg_seq
            0x39, 0x30, 0x00, 0x00,  // nlmsg_pid
        ] + body
    }

    /// The length of each body; nil when the datagram does not hold together.
    static func lengths(_ bytes: [UInt8]) -> [Int]? {
        var messages = NetlinkMessages(bytes.rawBytes, operation: "x")
        var lengths: [Int] = []
        do throws(NetlinkError) {
            while let message = try messages.next() { lengths.append(message.body.byteCount) }
            return lengths
        } catch {
            return nil
        }
    }

    @Test func areReadOneAfterAnother() {
        let padded = Self.message([1, 2, 3]) + [0]
        #expect(Self.lengths(padded + Self.message([]) + Self.message([1, 2])) == [3, 0, 2])
        #expect(Self.lengths([]) == [])
    }

    @Test func giveTheHeadersFields() throws {
        let bytes = Self.message([9])
        var messages = NetlinkMessages(bytes.rawBytes, operation: "x")
        let message = try messages.next()
        let (type, flags, sequence) = (message?.type, message?.flags, message?.sequence)
        #expect(type == 16 && flags == 2 && sequence == 7)
    }

    @Test(arguments: 1..<16) func aHeaderThatIsCutIsRefused(length: Int) {
        #expect(Self.lengths(Array(Self.message([]).prefix(length))) == nil)
    }

    @Test(arguments: [0, 15, 21, 0x7fff_ffff, 0x8000_0000, 0xffff_fffc, 0xffff_ffff] as [UInt32])
    func aLengthThatCannotBeIsRefused(length: UInt32) {
        #expect(Self.lengths(Self.message([1, 2, 3, 4], length: length)) == nil)
    }
}
