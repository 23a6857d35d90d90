import Custody
import Testing

@Suite("Spans of rows")
struct RowSpansTests {
    private static let damaged: [[UInt8]] = [
        [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x05, 0x02, 0x00, 0x00], [0x80], [0x01],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ]
    private static let lists: [[Int64]] = [
        [], [1], [1, 2, 3], [3, 1, 2, 9, 9, 11], [-5, 0, 5], [.min, .max], [.max - 1, .max],
    ]

    @Test(arguments: lists)
    func comeBackAsTheyWere(rows: [Int64]) throws {
        let spans = RowSpans(rows)
        let read = try RowSpans(bytes: spans.bytes)
        #expect(read == spans)
        for row in rows { #expect(read.contains(row)) }
        #expect(!read.contains(7))
        #expect(Array(spans.rows) == Set(rows).sorted())
    }

    @Test func moreThanCanBeCountedAreAsManyAsFit() throws {
        // 1 to 2^63 - 1, and a row far below before it.
        let all: [UInt8] = [0x01, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]
        var spans = try RowSpans(bytes: all)
        #expect(spans.count == .max)
        spans.formUnion(RowSpans([.min]))
        #expect(spans.count == .max)
        #expect(RowSpans([1, 2, 3, 9]).count == 4)
    }

    @Test func joinedAreWhatBothHave() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let (first, second) = (Self.some(&random), Self.some(&random))
            var spans = RowSpans(first)
            spans.formUnion(RowSpans(second))
            #expect(spans == RowSpans(first + second), "\(first) \(second)")
            let both = RowSpans(second).spans + RowSpans(first).spans
            #expect(RowSpans(joining: both) == RowSpans(first + second), "\(first) \(second)")
        }
    }

    private static func some(_ random: inout some RandomNumberGenerator) -> [Int64] {
        (0..<Int.random(in: 0...20, using: &random)).map { _ in Int64.random(in: 0...40, using: &random) }
    }

    /// A length that goes beyond what a row's number can be, a gap that leads back, a number that breaks off.
    @Test(arguments: damaged)
    func thatCannotBeAreDamage(bytes: [UInt8]) {
        #expect(throws: RowSpans.Damage.self) { try RowSpans(bytes: bytes) }
    }
}
