import Addressing
import Testing

@testable import Netlink

@Suite("Keys of nftables") struct KeyTests {
    static func prefix(_ text: String) throws -> Nftables.Field { try SetTests.prefix(text) }

    @Test func aSingleFieldIsNotPaddedAndSeveralAre() throws {
        #expect(Nftables.Key(.port(80)).first == [0, 80])
        let key = try Nftables.Key.tuple("10.0.0.1", "10.0.0.2", 6, 443)
        #expect(key.first == [10, 0, 0, 1, 10, 0, 0, 2, 6, 0, 0, 0, 1, 187, 0, 0] && key.last == nil)
        #expect(Nftables.Key(.ether(MACAddress(bits: 0x0242_0af4_0002)), .port(1)).first.count == 12)
    }

    @Test func aRangeInOneFieldGivesAllALast() throws {
        let key = Nftables.Key(try Self.prefix("10.0.0.0/30"), .port(80))
        #expect(key.first == [10, 0, 0, 0, 0, 80, 0, 0] && key.last == [10, 0, 0, 3, 0, 80, 0, 0])
        // A range of one is none.
        #expect(Nftables.Key(try Self.prefix("10.0.0.1/32"), .ports(80...80)).last == nil)
    }

    @Test func theFieldsAreTheOnesItWasMadeOf() throws {
        let fields: [Nftables.Field] = [
            try Self.prefix("2001:db8::/33"), .inetProtocol(17), .ports(1...1023), .interface("eth0"), .mark(5),
            .cgroup(1 << 40), .ether(MACAddress(bits: 1)), .interfaces(startingWith: "veth"),
        ]
        let kinds = fields.map(\.kind)
        #expect(Nftables.Key(fields).fields(kinds) == fields)
        for field in fields { #expect(Nftables.Key(field).fields([field.kind]) == [field]) }
        #expect(Nftables.Key(fields).fields(Array(kinds.dropLast())) == nil)
        #expect(Nftables.Key.everything.fields(kinds) == nil && Nftables.Key.everything.fields([.ipv4]) == nil)
    }

    @Test(
        arguments: [
            ("0.0.0.0/0", [0, 0, 0, 0], [255, 255, 255, 255]), ("10.0.0.0/9", [10, 0, 0, 0], [10, 127, 255, 255]),
            ("10.1.2.3", [10, 1, 2, 3], [10, 1, 2, 3]), ("10.1.2.0/23", [10, 1, 2, 0], [10, 1, 3, 255]),
        ] as [(String, [UInt8], [UInt8])]
    )
    func aPrefixIsFromItsFirstToItsLast(text: String, first: [UInt8], last: [UInt8]) throws {
        let field = try Self.prefix(text)
        #expect(field.first == first && field.last == last && field.kind == .ipv4)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", [255, 0, 0, 0]), ("10.0.0.0/9", [255, 128, 0, 0]), ("0.0.0.0/0", [0, 0, 0, 0]),
            ("10.0.0.2/31", [255, 255, 255, 254]), ("10.0.0.1", nil),
        ] as [(String, [UInt8]?)]
    )
    func aPrefixHasAMask(text: String, mask: [UInt8]?) throws {
        #expect(try Self.prefix(text).prefixMask == mask)
    }

    @Test func whatIsNoPrefixHasNone() {
        for (first, last) in [
            ([10, 0, 0, 1], [10, 0, 0, 2]), ([10, 0, 0, 0], [10, 0, 0, 2]), ([9, 0, 0, 0], [10, 0, 0, 255]),
        ]
            as [([UInt8], [UInt8])]
        {
            #expect(Nftables.Field(.ipv4, first: first, last: last)?.prefixMask == nil)
        }
        #expect(Nftables.Field.ports(0...255).prefixMask == nil)
        #expect(Nftables.Field.interfaces(startingWith: "veth").nameBeginning == Array("veth".utf8))
        #expect(Nftables.Field.interface("veth").nameBeginning == nil)
        #expect(Nftables.Field.any(.interfaceName)?.nameBeginning == nil)
    }

    @Test func aFieldOfTheWrongLengthOrOrderIsNone() {
        #expect(Nftables.Field(.ipv4, first: [1, 2, 3], last: [1, 2, 3]) == nil)
        #expect(Nftables.Field(.ipv4, first: [1, 2, 3, 4], last: [1, 2, 3]) == nil)
        #expect(Nftables.Field(.inetService, first: [0, 81], last: [0, 80]) == nil)
        #expect(Nftables.Field(.inetService, first: [0, 80], last: [0, 80])?.isRange == false)
        // What lies in memory as the machine has it has no order that the kernel would know.
        #expect(Nftables.Field(.mark, first: [0, 0, 0, 1], last: [0, 0, 0, 2]) == nil)
        #expect(Nftables.Field.any(.mark) == nil && Nftables.Field.any(.cgroupsv2) == nil)
        #expect(Nftables.Field.any(.inetService)?.last == [255, 255])
    }

    @Test func anInterfacesNameIsCutAtFifteenBytes() {
        #expect(Nftables.Field.interface("0123456789abcdefgh").first == Array("0123456789abcde".utf8) + [0])
        #expect(Nftables.Field.interface("lo").first.count == 16)
    }

    @Test func aSetsKeyIsAsLongAsItsFields() {
        #expect(Nftables.Set(.inet, "s", key: [.inetProtocol]).keyLength == 1)
        #expect(Nftables.Set(.inet, "s", key: [.inetProtocol, .ether, .cgroupsv2]).keyLength == 20)
        #expect(BatchTests.set.keyLength == 16)
        // As nft(8) numbers ipv4_addr . ipv4_addr . inet_proto . inet_service.
        #expect(BatchTests.set.keyType == ((7 << 6 | 7) << 6 | 12) << 6 | 13)
    }

    @Test func theValueAfterTheLastCarries() {
        #expect(Nftables.Key(.port(255)).next == [1, 0] && Nftables.Key(.port(65535)).next == nil)
        #expect(Nftables.Key(.ports(1...9)).next == [0, 10])
    }

    @Test(
        arguments: [
            (Duration.zero, 10), (.milliseconds(-5), 10), (.milliseconds(1), 10), (.microseconds(10_999), 10),
            (.microseconds(11_999), 11), (.seconds(3), 3000),
            (.seconds(Int64.max), .max),
        ] as [(Duration, UInt64)]
    )
    func aTimeIsWholeMillisecondsAndNeverLessThanATick(duration: Duration, milliseconds: UInt64) {
        #expect(duration.milliseconds == milliseconds)
    }

    @Test func aCommentIsTextWithoutQuotesAndControls() {
        #expect(Nftables.comment(nil) == nil && Nftables.comment("") == nil)
        #expect(Nftables.comment("a\"b\nc\u{2028}d\0e\u{1b}") == "a'b c d e ")
        #expect(Nftables.comment(String(repeating: "x", count: 128))?.utf8.count == 127)
        // A character is not cut in two.
        #expect(Nftables.comment(String(repeating: "x", count: 126) + "é")?.utf8.count == 126)
    }

    @Test func userDataThatDoesNotHoldTogetherIsNone() {
        let entry = UserData.entry(UserData.comment, "why")
        #expect(entry == [0, 4, 0x77, 0x68, 0x79, 0])
        func text(_ bytes: [UInt8]) -> String? { UserData.text(UserData.comment, in: bytes.rawBytes) }
        #expect(text(entry) == "why" && text([1, 4, 1, 0, 0, 0] + entry) == "why")
        for length in 0..<entry.count { #expect(text(Array(entry.prefix(length))) == nil) }
        #expect(text([1, 255, 0]) == nil && text([1, 0]) == nil && text([0, 0]) == "")
    }
}
