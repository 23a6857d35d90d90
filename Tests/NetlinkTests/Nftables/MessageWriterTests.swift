import CMnl
import Glibc
import Testing

@testable import Netlink

@Suite("Messages as they are written") struct MessageWriterTests {
    @Test func aMessageIsAHeaderAFamilyAndPaddedAttributes() {
        var writer = MessageWriter()
        writer.message(0x0a00, flags: NLM_F_REQUEST | NLM_F_CREATE, family: 5, resource: 10) { (writer) in
            writer.put(NFTA_TABLE_NAME, "abc")
            writer.nest(NFTA_TABLE_USERDATA) { (writer) in
                writer.put(NFTA_TABLE_FLAGS, UInt32(3))
                writer.put(NFTA_TABLE_PAD, [9])
            }
        }
        #expect(
            writer.bytes == [
                0x30, 0x00, 0x00, 0x00, 0x00, 0x0a, 0x01, 0x04,  // nlmsg_len, nlmsg_type, NLM_F_REQUEST | NLM_F_CREATE
                0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // nlmsg_seq, nlmsg_pid
                0x05, 0x00, 0x00, 0x0a,  // nfgenmsg: family, version, resource in network byte order
                0x08, 0x00, 0x01, 0x00, 0x61, 0x62, 0x63, 0x00,  // NFTA_TABLE_NAME, "abc"
                0x14, 0x00, 0x06, 0x80,  // NFTA_TABLE_USERDATA, NLA_F_NESTED
                0x08, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x03,  // NFTA_TABLE_FLAGS in network byte order
                0x05, 0x00, 0x05, 0x00, 0x09, 0x00, 0x00, 0x00,  // one byte, padded by three
            ]
        )
        #expect(!writer.isOverlong)
    }

    @Test func messagesAreNumberedOneAfterAnother() throws {
        var writer = MessageWriter()
        for length in 0..<3 {
            writer.message(1, flags: 0, family: 0) { $0.put(NFTA_TABLE_PAD, [UInt8](repeating: 7, count: length)) }
        }
        // Numbers wrap.
        #expect(writer.number(after: .max - 1) == 1)
        var messages = NetlinkMessages(writer.bytes.rawBytes, operation: "x")
        var numbers: [UInt32] = []
        while let message = try messages.next() { numbers.append(message.sequence) }
        #expect(numbers == [.max, 0, 1])
    }

    @Test func flagsAreSetLater() throws {
        var writer = MessageWriter()
        writer.message(1, flags: 0, family: 0) { _ in }
        let second = writer.bytes.count
        writer.message(2, flags: 1, family: 0) { _ in }
        writer.setFlags(0x0305, ofMessageAt: second)
        var messages = NetlinkMessages(writer.bytes.rawBytes, operation: "x")
        var flags: [UInt16] = []
        while let message = try messages.next() { flags.append(message.flags) }
        #expect(flags == [0, 0x0305])
    }

    @Test(arguments: [(65_531, false), (65_532, true)]) func anAttributeEndsAt64KiB(count: Int, isOverlong: Bool) {
        var writer = MessageWriter()
        writer.message(1, flags: 0, family: 0) { $0.put(NFTA_TABLE_PAD, [UInt8](repeating: 0, count: count)) }
        #expect(writer.isOverlong == isOverlong)
        var other = MessageWriter()
        other.append(writer)
        #expect(other.isOverlong == isOverlong && other.bytes == writer.bytes)
    }

    @Test func elementsAreSpreadOverMessages() throws {
        var batch = Nftables.Batch()
        batch.add(LargeBatchTests.elements(), to: BatchTests.set)
        #expect(batch.count > 20 && batch.count < 30 && !batch.writer.isOverlong)
        // All are there once, in order, and each message knows which are its own.
        var messages = NetlinkMessages(batch.writer.bytes.rawBytes, operation: "x")
        var keys: [Nftables.Key] = []
        var bases: [Int] = []
        while let message = try messages.next() {
            bases.append(keys.count)
            keys += try #require(try Nftables.ElementList.read(message.body)).elements.map(\.key)
        }
        #expect(keys == LargeBatchTests.elements().map(\.key) && bases == batch.steps.map(\.elementBase))
        #expect(batch.steps[1].element(at: batch.steps[1].elementOffsets[3] + 5) == bases[1] + 3)
        #expect(batch.steps[1].element(at: 0) == nil)
    }
}
