import Testing

@testable import Addressing

@Suite("Spelling")
struct SpellingTests {
    @Test(
        arguments: [
            ("contaner", "container"), ("cotnainer", "container"), ("from-contaienr", "from-container"),
            ("lable", "label"), ("pi", "ip"), ("nod", "pod"), ("prt", "port"), ("portt", "port"),
            ("to-prot", "to-port"),
            ("namspace", "namespace"), ("PORT", nil), ("x", nil), ("", nil), ("verdict", nil), ("web", nil),
        ] as [(String, String?)]
    )
    func knowsWhatWasMeant(word: String, meant: String?) {
        #expect(Spelling.closest(to: word, among: Self.words) == meant)
    }

    private static let words = ["container", "image", "label", "namespace", "pod", "ip", "port", "segment", "protocol"]
        .flatMap { [$0, "from-" + $0, "to-" + $0] }

    @Test func leavesLongWordsAlone() {
        let word = String(repeating: "a", count: 33)
        #expect(Spelling.closest(to: word, among: [word]) == nil)
        #expect(Spelling.closest(to: String(word.dropLast()), among: [String(word.dropLast(2))]) != nil)
    }

    @Test func prefersTheNearer() {
        #expect(Spelling.closest(to: "containers", among: ["containr", "container"]) == "container")
    }
}
