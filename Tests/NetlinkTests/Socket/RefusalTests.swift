import Glibc
import Testing

@testable import Netlink

@Suite("What the kernel says at the end") struct RefusalTests {
    /// Of a kernel that was asked for the links of a namespace it has no number for.
    static let done: [UInt8] =
        [
            0x3c, 0x00, 0x00, 0x00, 0x03, 0x00, 0x02, 0x02, 0x01, 0x00, 0x00, 0x00,  // NLMSG_DONE, NLM_F_ACK_TLVS
            0xaa, 0x51, 0x00, 0x00,  // nlmsg_pid
            0xea, 0xff, 0xff, 0xff,  // -EINVAL
            0x28, 0x00, 0x01, 0x00,  // NLMSGERR_ATTR_MSG
        ] + Array("Invalid target network namespace id\0".utf8)

    /// The same as an answer to a request that was no dump, after as much of the request as `flags` say.
    static func error(flags: UInt8, request: [UInt8]) -> [UInt8] {
        let words = Array("No such thing\0".utf8) + [0, 0]
        let body =
            [
                0xed, 0xff, 0xff, 0xff,  // -ENODEV
            ] + request + [
                0x12, 0x00, 0x01, 0x00,  // NLMSGERR_ATTR_MSG, padded by two
            ] + words
        return [UInt8(16 + body.count), 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, flags] + [UInt8](repeating: 0, count: 8)
            + body
    }

    /// The head of a request of 24 bytes.
    static let head: [UInt8] = [0x18, 0, 0, 0] + [UInt8](repeating: 0, count: 12)

    static func read(_ bytes: [UInt8]) throws(NetlinkError) -> (Int32, String?)? {
        var messages = NetlinkMessages(bytes.rawBytes, operation: "x")
        guard let message = try messages.next() else { return nil }
        let refusal = try Refusal(message, operation: "x")
        return (refusal.code, refusal.message)
    }

    @Test func aDumpEndsWithAnErrorAndWords() throws {
        let (code, message) = try #require(try Self.read(Self.done))
        #expect(code == EINVAL && message == "Invalid target network namespace id")
    }

    @Test func wordsFollowTheRequestOrItsHeader() throws {
        // NLM_F_ACK_TLVS with NLM_F_CAPPED, and without.
        for bytes in [
            Self.error(flags: 0x03, request: Self.head),
            Self.error(flags: 0x02, request: Self.head + [UInt8](repeating: 0xee, count: 8)),
        ] {
            let (code, message) = try #require(try Self.read(bytes))
            #expect(code == ENODEV && message == "No such thing")
        }
    }

    @Test func withoutTheFlagThereAreNoWords() throws {
        let (code, message) = try #require(try Self.read(Self.error(flags: 0x00, request: Self.head)))
        #expect(code == ENODEV && message == nil)
    }

    @Test func aDumpMayEndWithoutANumber() throws {
        let (code, message) = try #require(
            try Self.read([0x10, 0, 0, 0, 0x03, 0, 0, 0] + [UInt8](repeating: 0, count: 8))
        )
        #expect(code == 0 && message == nil)
    }

    @Test func theLeastNumberDoesNotOverflow() throws {
        let bytes: [UInt8] =
            [0x14, 0, 0, 0, 0x03, 0, 0, 0] + [UInt8](repeating: 0, count: 8) + [0x00, 0x00, 0x00, 0x80]
        #expect(try Self.read(bytes)?.0 == .max)
    }

    @Test(arguments: [
        Self.done, Self.error(flags: 0x03, request: Self.head), Self.error(flags: 0x02, request: Self.head),
    ])
    func whateverIsCutOffDoesNotTrap(whole: [UInt8]) {
        var refused = 0
        for length in 16..<whole.count {
            var bytes = Array(whole.prefix(length))
            bytes[0] = UInt8(length)
            if (try? Self.read(bytes)) == nil { refused += 1 }
        }
        #expect(refused > 10)
    }
}
