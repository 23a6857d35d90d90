import Support
import Testing

@testable import Policy

@Suite("Set of domains")
struct DomainSuffixSetTests {
    private static func set(_ names: [String]) -> DomainSuffixSet {
        var set = DomainSuffixSet()
        for (number, name) in names.enumerated() { set.insert(name, value: UInt16(number)) }
        return set
    }

    @Test(
        arguments: [
            ("example.org", 0), ("www.example.org", 0), ("a.b.c.example.org", 0), ("WWW.Example.ORG.", 0),
            ("bad.example.org", 1), ("x.bad.example.org", 1), ("xbad.example.org", 0), ("notexample.org", nil),
            ("org", nil), ("example.org.evil.net", nil), ("", nil), (".", nil), ("example.or", nil),
            ("example.orgx", nil),
            ("xn--bcher-kva.example", 2), ("_dns.xn--bcher-kva.example", 2),
        ] as [(String, UInt16?)]
    )
    func findsANameAndWhatLiesBelow(name: String, value: UInt16?) {
        let set = Self.set(["example.org", "Bad.Example.Org.", "xn--bcher-kva.example"])
        #expect(set.count == 3)
        #expect(set.value(of: name) == value)
    }

    @Test(arguments: ["", ".", "a..b", ".a", "a b", "ä.org", "a/b", "*.a", String(repeating: "a", count: 64) + ".org"])
    func doesNotTakeWhatIsNoName(name: String) {
        var set = DomainSuffixSet()
        let isTaken = set.insert(name, value: 1)
        #expect(!isTaken)
        #expect(set.count == 0)
    }

    @Test func namesAreAsLongAsDNSHasThem() {
        let label = String(repeating: "a", count: 60)
        let name = [label, label, label, label].joined(separator: ".")
        let set = Self.set([name, name + "." + label, "b.c"])
        #expect(set.count == 2)
        #expect(set.value(of: name) == 0)
        #expect(set.value(of: "x." + name) == 0)
        #expect(set.value(of: String(repeating: "x.", count: 200) + "b.c") == nil)
    }

    @Test func theLowerNumberOfTheSameNameCounts() {
        var set = DomainSuffixSet()
        for value in [UInt16(5), 2, 8] { set.insert("a.b", value: value) }
        #expect(set.count == 1 && set.value(of: "a.b") == 2)
    }

    /// Against a dictionary that is asked for every domain a name lies below.
    @Test func agreesWithTheDefinition() {
        var numbers = SeededNumbers(seed: 3)
        func name(_ labels: ClosedRange<Int>) -> String {
            (0..<Int.random(in: labels, using: &numbers)).map { _ in
                String(
                    (0..<Int.random(in: 1...2, using: &numbers)).map { _ in "abc".randomElement(using: &numbers) ?? "a"
                    }
                )
            }.joined(separator: ".")
        }
        var names: [String: UInt16] = [:]
        var set = DomainSuffixSet()
        for number in 0..<5000 {
            let name = name(2...4)
            names[name] = min(names[name] ?? .max, UInt16(number))
            set.insert(name, value: UInt16(number))
        }
        #expect(set.count == names.count)
        var found = 0
        for _ in 0..<20_000 {
            let asked = name(1...6)
            let labels = asked.split(separator: ".")
            let wanted = labels.indices.lazy.compactMap { names[labels[$0...].joined(separator: ".")] }.first
            #expect(set.value(of: asked) == wanted, "\(asked)")
            found += wanted == nil ? 0 : 1
        }
        #expect(1000..<19_900 ~= found)
    }
}
