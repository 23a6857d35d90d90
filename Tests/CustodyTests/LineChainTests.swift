import Custody
import Testing

@Suite("A chain of lines")
struct LineChainTests {
    private static func digests(_ groups: [[String]]) -> [DigestValue] {
        var chain = LineChain()
        return groups.map { lines in
            for line in lines {
                let bytes = Array("\(line)\n".utf8)
                chain.add(bytes.span, lines: 1)
            }
            return chain.link().digest
        }
    }

    @Test func coversLinesAndWhatCameBefore() {
        let first = Self.digests([["a", "b"], ["c"]])
        #expect(first == Self.digests([["a", "b"], ["c"]]))
        let other = Self.digests([["a", "x"], ["c"]])
        #expect(zip(first, other).allSatisfy { $0 != $1 })
        #expect(Self.digests([["a"], ["b"], ["c"]])[2] != first[1])
        #expect(Set(Self.digests([[], [], []])).count == 3)
    }

    @Test func countsItsLinksAndLines() {
        var chain = LineChain()
        let bytes: [UInt8] = [1]
        chain.add(bytes.span, lines: 3)
        #expect(chain.lines == 3)
        var link = chain.link()
        #expect(link.number == 1 && link.lines == 3)
        link = chain.link()
        #expect(link.number == 2 && link.lines == 0)
        chain.continueAfter(.max, .none)
        #expect(chain.link().number == .max)
    }
}
