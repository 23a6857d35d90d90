import Testing

@testable import Detection

@Suite("Rhythms")
struct RhythmTests {
    private func rhythm(_ intervals: [Float], sizes: [Float] = []) -> Rhythm? {
        Rhythm(intervals: intervals, sizes: sizes)
    }

    @Test func clockworkHasTheHighestScore() {
        let exact = rhythm([Float](repeating: 60, count: 24))
        #expect(exact?.score == 1 && exact?.period == 60 && exact?.dispersion == 0)
        let sized = rhythm([Float](repeating: 60, count: 24), sizes: [Float](repeating: 500, count: 24))
        #expect(sized?.score == 1)
    }

    @Test func sizesThatVaryLowerIt() throws {
        let intervals = [Float](repeating: 60, count: 24)
        let sizes = (0..<24).map { Float($0 * $0 * 1000 + 100) }
        let varied = try #require(rhythm(intervals, sizes: sizes))
        #expect(varied.score < 0.95)
        // Too few say nothing.
        #expect(rhythm(intervals, sizes: Array(sizes.prefix(7)))?.score == 1)
    }

    @Test func burstsAndPausesAreNoClock() throws {
        let bursts = (0..<24).map { Float($0 % 8 == 0 ? 600 : 5) }
        #expect(try #require(rhythm(bursts)).score < 0.8)
        let slower = (0..<24).map { Float(5 + $0 * 10) }
        #expect(try #require(rhythm(slower)).dispersion > BeaconDetector.dispersion)
    }

    @Test func tooLittleIsNone() {
        #expect(rhythm([]) == nil && rhythm([60]) == nil)
        #expect(rhythm([0, 0, 0])?.dispersion == 1)
    }

    @Test func theLastValuesAreKeptInOrder() {
        var values = LastValues(limit: 3)
        for value in 1...5 { values.append(Float(value)) }
        #expect(values.ordered == [3, 4, 5] && values.count == 3)
    }
}
