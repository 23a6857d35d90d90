import Foundation
import Testing

@testable import Records

@Suite("JSON strings")
struct JSONStringTests {
    private func quoted(_ text: String) -> [UInt8] {
        var json = JSONBuffer()
        json.appendQuoted(text)
        return json.bytes
    }

    private func parsed(_ bytes: [UInt8]) throws -> String? {
        try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? String
    }

    @Test func leavesPlainTextAlone() {
        #expect(quoted("cdn.example.com/a?b=c'") == Array("\"cdn.example.com/a?b=c'\"".utf8))
        #expect(quoted("") == [0x22, 0x22])
    }

    @Test func escapesWhatTheGrammarDemands() {
        let expected = #""\"\\\b\f\n\r\t\u0000\u001b""#
        #expect(quoted("\"\\\u{8}\u{c}\n\r\t\0\u{1b}") == Array(expected.utf8))
    }

    @Test(arguments: [
        ("\u{7f}", #""\u007f""#),  // DEL
        ("\u{85}", #""\u0085""#),  // Next line: some programs end lines there.
        ("\u{9b}", #""\u009b""#),  // Control sequence introducer of eight-bit terminals.
        ("\u{2028}", #""\u2028""#),  // Line separator.
        ("\u{202e}", #""\u202e""#),  // Writes backwards from here on.
        ("\u{e0001}", #""\udb40\udc01""#),  // A format character beyond 16 bits.
    ])
    func escapesWhatActsInsteadOfShowing(text: String, expected: String) throws {
        #expect(quoted(text) == Array(expected.utf8))
        #expect(try parsed(quoted(text)) == text)
    }

    @Test func keepsLettersOfAllScripts() throws {
        let text = "Zürich 東京 🐳"
        #expect(quoted(text) == Array("\"\(text)\"".utf8))
    }

    @Test func survivesBytesThatAreNoText() throws {
        let text = String(decoding: [0x61, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x62] as [UInt8], as: UTF8.self)
        let bytes = quoted(text)
        #expect(String(validating: bytes, as: UTF8.self) != nil)
        #expect(try parsed(bytes) == text)
    }

    @Test func comesBackUnchangedWhateverItWas() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<40, using: &generator) {
                // Half of it from where the traps are.
                let limit: UInt32 = Bool.random(using: &generator) ? 0xa0 : 0x11_0000
                if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) {
                    text.unicodeScalars.append(scalar)
                }
            }
            let bytes = quoted(text)
            let back = try #require(try parsed(bytes))
            #expect(back.unicodeScalars.elementsEqual(text.unicodeScalars))
            #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f })
        }
    }
}
