import Testing
import Wire

@Suite("Layer") struct LayerTests {
    /// Counters are told apart in records by these names alone.
    @Test func hasANameOfItsOwn() {
        let names = Layer.allCases.map(\.description)
        #expect(Set(names).count == names.count)
        for name in names { #expect(name.wholeMatch(of: /[a-z0-9.-]+/) != nil) }
    }

    @Test func indexesATableOfItsCases() {
        #expect(Layer.allCases.map(\.rawValue) == Array(0..<UInt8(Layer.allCases.count)))
    }
}
