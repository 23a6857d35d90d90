import Testing

@testable import Containers

@Suite("Process stat") struct ProcessStatTests {
    static let fields = "S 41 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 20 18446744073709551615 1 2 3"

    private func read(_ text: String) -> ProcessStat? { ProcessStat(Array(text.utf8)[...]) }

    @Test func readsAProcess() throws {
        let stat = try #require(read("42 (dockerd) \(Self.fields)\n"))
        #expect(stat.name == "dockerd")
        #expect(stat.state == UInt8(ascii: "S"))
        #expect(stat.parent == 41)
        #expect(stat.startTicks == 987_654)
        #expect(!stat.isKernelThread)
    }

    @Test(arguments: ["a) R 1", "x) Z 1 (y", ") S 1 1 1", "((", "a b", "", "a\nb", "(sd-pam)"])
    func aProcessCannotLieByItsName(name: String) throws {
        let stat = try #require(read("42 (\(name)) \(Self.fields)\n"))
        #expect(stat.name == name)
        #expect(stat.parent == 41)
        #expect(stat.state == UInt8(ascii: "S"))
    }

    @Test func knowsAKernelThread() {
        let text = "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 3 0 0 18446744073709551615\n"
        #expect(read(text)?.isKernelThread == true)
    }

    @Test func aTornTextIsNone() {
        let text = Array("42 (dockerd) \(Self.fields)\n".utf8)
        let whole = ProcessStat(text[...])
        for length in 0..<text.count {
            let stat = ProcessStat(text.prefix(length))
            // Cut in or after the start time's digits the rest reads as a whole; before that it must not.
            if length < 13 + Self.fields.utf8.count - 42 { #expect(stat == nil) }
            #expect(stat == nil || stat?.parent == whole?.parent)
        }
        #expect(read("42 (x) S 99999999999 42 42 0 -1 1 1 2 3 4 5 6 7 8 20 0 1 0 9 1\n") == nil)
    }
}
