import Support
import Testing

@testable import Addressing

@Suite("Name pattern")
struct NamePatternTests {
    @Test(
        arguments: [
            ("web", "web", true), ("web", "webs", false), ("web", "we", false), ("", "", true), ("", "a", false),
            ("*", "", true), ("*", "anything", true), ("**", "x", true), ("web*", "web", true), ("web*", "web-1", true),
            ("web*", "my-web", false), ("*web", "my-web", true), ("*web", "web-1", false), ("*web*", "my-web-1", true),
            ("a*b", "ab", true), ("a*b", "a", false), ("a*a", "a", false), ("a*a", "aa", true), ("a*ba", "aba", true),
            ("ab*ba", "aba", false), ("*a*b*c*", "xaxbxcx", true), ("*a*b*c*", "xaxcxbx", false),
            ("*aab*", "aaab", true), ("*abab*b", "abababb", true), ("a**b", "axxb", true), ("?", "a", false),
            ("é*", "été", true), ("*é", "café", true), ("[a]*", "[a]b", true), (".*", ".x", true), (".*", "ax", false),
        ]
    )
    func matchesWholeNames(pattern: String, name: String, isSo: Bool) {
        #expect(NamePattern(pattern).matches(name) == isSo)
    }

    @Test func doesNotMatchWhatIsNotKnown() {
        #expect(!NamePattern("*").matches(nil))
    }

    /// Letter by letter, with all ways a star can go.
    private func isLike(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        let rest = pattern.dropFirst()
        if first == UInt8(ascii: "*") {
            return isLike(name, rest) || (!name.isEmpty && isLike(name.dropFirst(), pattern))
        }
        return name.first == first && isLike(name.dropFirst(), rest)
    }

    @Test func agreesWithTheDefinition() {
        var numbers = SeededNumbers(seed: 42)
        var matches = 0
        for _ in 0..<20_000 {
            let letters = Array("ab*".utf8)
            let pattern = (0..<Int.random(in: 0...8, using: &numbers)).map { _ in
                letters.randomElement(using: &numbers) ?? 0
            }
            let name = (0..<Int.random(in: 0...10, using: &numbers)).map { _ in
                letters.prefix(2).randomElement(using: &numbers) ?? 0
            }
            let found = NamePattern(String(decoding: pattern, as: UTF8.self)).matches(
                String(decoding: name, as: UTF8.self)
            )
            #expect(found == isLike(name[...], pattern[...]), "\(pattern) \(name)")
            matches += found ? 1 : 0
        }
        // Neither all nor none: it was worth asking.
        #expect(2000..<18_000 ~= matches)
    }

    /// With one retry for each star this would outlive the machine.
    @Test func endsOnPatternsMadeToLast() {
        let pattern = NamePattern(String(repeating: "a*", count: 250) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 100_000)))
        let slow = NamePattern("*" + String(repeating: "a", count: 500) + "b*")
        #expect(!slow.matches(String(repeating: "a", count: 100_000)))
        #expect(slow.matches(String(repeating: "a", count: 1000) + "b"))
    }
}
