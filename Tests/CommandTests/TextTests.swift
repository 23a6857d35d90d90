import Addressing
import Testing

@testable import portolan

@Suite("Words and numbers for people")
struct TextTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (.max, "18,446,744,073,709,551,615"),
    ])
    func groupsDigits(number: UInt64, text: String) {
        #expect(Quantity.count(number) == text)
    }

    @Test(arguments: [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1_468_006, "1.4 MiB"), (.max, "16.0 EiB")])
    func scalesBytes(number: UInt64, text: String) {
        #expect(Quantity.bytes(number) == text)
    }

    @Test(
        arguments: [
            (0, "0 µs"), (308_000, "308 µs"), (1_000_000, "1 ms"), (12_400_000_000, "12.4 s"),
            (200_000_000_000, "3 min 20 s"),
            (7_500_000_000_000, "2 h 5 min"), (.max, "106751 d 23 h"),
        ]
    )
    func namesSpans(nanoseconds: Int64, text: String) {
        #expect(Quantity.span(nanoseconds) == text)
    }

    @Test(arguments: [(0, 0, ""), (0, 5, "0.0 %"), (1, 5000, "< 0.1 %"), (1, 3, "33.3 %"), (5, 5, "100.0 %")])
    func namesShares(part: UInt64, whole: UInt64, text: String) {
        #expect(Quantity.share(part, of: whole) == text)
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00 UTC"), (-1, "1969-12-31 23:59:59 UTC"),
            (1_795_291_317_250_000_000, "2026-11-21 20:01:57 UTC"), (.max, "2262-04-11 23:47:16 UTC"),
            (.min, "1677-09-21 00:12:43 UTC"),
        ]
    )
    func namesMoments(nanoseconds: Int64, text: String) {
        #expect(Moment.text(Timestamp(nanoseconds: nanoseconds)) == text)
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-21T20:01:57.25Z", 1_795_291_317_250_000_000),
            ("2026-11-21t21:01:57.25+01:00", 1_795_291_317_250_000_000),
            ("2024-02-29 00:00:00z", 1_709_164_800_000_000_000),
            ("1970-01-01T00:00:00.0000000019Z", 1),
        ]
    )
    func readsTimes(text: String, nanoseconds: Int64) throws {
        #expect(try PacketTime.parse(text).nanoseconds == nanoseconds)
    }

    @Test(
        arguments: [
            "", "now", "2026-11-21", "2026-11-21T20:01:57", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "2026-11-31T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T20:01:57+1:00", "2026-11-21T20:01:57.Z",
            "9999-01-01T00:00:00Z", "2026-11-21T20:01:57Zulu", "２026-11-21T20:01:57Z",
        ]
    )
    func refusesWhatIsNoTime(text: String) {
        #expect(throws: (any Error).self) { try PacketTime.parse(text) }
    }

    @Test func saysWhereMarksWereCut() {
        #expect(Printable.text("e\u{301}\u{302}\u{303}\u{304}x\u{301}") == "e\u{301}\u{302}\u{fffd}x\u{301}")
    }

    @Test func makesTextHarmless() {
        #expect(
            Printable.text("a\u{1b}[31m\n\u{202e}b\u{2028}\u{e000}é日")
                == "a\u{fffd}[31m\u{fffd}\u{fffd}b\u{fffd}\u{fffd}é日"
        )
    }

    @Test(
        arguments: [
            (nil, 5, "10.244.2.20"), ("catalog", 40, "catalog (10.244.2.20)"), ("db", 10, "db"),
            ("catalog.shop.svc.cluster.local", 30, "catalog.sh…local (10.244.2.20)"),
            ("catalog.shop.svc.cluster.local", 20, "catalog.shop.….local"),
        ] as [(String?, Int, String)]
    )
    func shortensNamesAndNeverAddresses(name: String?, limit: Int, text: String) {
        let end = EndText(.v4(IPv4Address(bits: 0x0af4_0214)), name: name)
        #expect(end.text(within: limit).count <= max(limit, 12))
        #expect(end.text(within: limit) == text)
    }
}
