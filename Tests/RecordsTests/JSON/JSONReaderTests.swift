import Foundation
import Testing

@testable import Records

@Suite("JSON reader")
struct JSONReaderTests {
    private func read(_ text: String) -> JSONValue? {
        try? JSONReader.read(Array(text.utf8).span)
    }

    private func failure(_ bytes: [UInt8]) -> JSONError? {
        do {
            _ = try JSONReader.read(bytes.span)
            return nil
        } catch {
            return error
        }
    }

    @Test func readsEveryKindOfValue() {
        let text = #" { "a" : [ 1 , -2, true,false , null,"x" ] , "b":{}, "c":[] ,"d":1.5e3 } "#
        let expected: [String: JSONValue] = [
            "a": .array([.integer(1), .integer(-2), .bool(true), .bool(false), .null, .string("x")]),
            "b": .object([:]),
            "c": .array([]),
            "d": .fraction(1500),
        ]
        #expect(read(text) == .object(expected))
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("7", 7), ("18446744073709551615", Int128(UInt64.max)),
        ("-9223372036854775808", Int128(Int64.min)),
    ])
    func readsWholeNumbers(text: String, number: Int128) {
        #expect(read(text) == .integer(number))
    }

    @Test(
        arguments: [
            ("1.0", 1), ("1e2", 100), ("1E+2", 100), ("1e-2", 0.01), ("-0.5", -0.5), ("0.012345", 0.012345),
            ("9999999999999999999999999999999999999999999999", 1e46), ("1e999", .infinity), ("-1e999", -.infinity),
            ("1e-999", 0),
        ] as [(String, Double)]
    )
    func readsOtherNumbers(text: String, number: Double) {
        #expect(read(text) == .fraction(number))
    }

    @Test(arguments: [
        (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\u20AC""#, "é€"),
        (#""\ud83d\ude00""#, "😀"), (#""é€😀""#, "é€😀"), (#""\u0000""#, "\0"),
    ])
    func readsStrings(text: String, string: String) {
        #expect(read(text) == .string(string))
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}",
        "{a:1}", "{1:1}",
        "[1 2]", "1 2", "tru", "truex", "nul", "01", "-", "-a", "1.", ".5", "1e", "1e+", "+1", "\"", "\"a", "\"\\",
        "\"\\x\"",
        "\"\\u12\"", "\"\\u123g\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\u0041\"", "\"\\ude00\"", "\"\n\"", "'a'",
        "NaN",
        "\u{feff}1", "{\"a\" 1}", "{,}", "[,]",
    ])
    func refusesWhatIsNoJSON(text: String) {
        #expect(failure(Array(text.utf8)) != nil)
    }

    @Test(
        arguments: [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]] as [[UInt8]]
    )
    func refusesStringsThatAreNoUTF8(bytes: [UInt8]) {
        #expect(failure([0x22] + bytes + [0x22]) == .unexpected(at: 0))
    }

    @Test func refusesAKeyThatComesTwice() {
        #expect(failure(Array(#"{"a":1,"b":2,"a":3}"#.utf8)) == .repeatedKey(at: 13))
    }

    @Test func followsNestingToItsDepthAndNoFurther() {
        let depth = JSONReader.depth
        let fits = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(read(fits) != nil)
        #expect(failure(Array(("[" + fits + "]").utf8)) == .tooDeep(at: depth))
        #expect(failure([UInt8](repeating: 0x5b, count: 1_000_000)) == .tooDeep(at: depth))
    }

    /// What is written is read as it was, whatever characters are in it.
    @Test func readsWhatTheBufferWrites() {
        var text = ""
        for value in (0..<0x3000).compactMap(Unicode.Scalar.init) { text.unicodeScalars.append(value) }
        text += "😀\u{202e}\u{10ffff}"
        var json = JSONBuffer()
        json.beginLine()
        json.pair("text", text)
        json.endLine()
        #expect((try? JSONReader.read(json.bytes.span)) == .object(["text": .string(text)]))
    }

    /// Whatever the bytes, there is an answer, and Foundation takes nothing that is refused here but keys that come twice.
    @Test func randomTextNeverTraps() {
        let letters = Array(#"{}[]",:\u0019ade-.t rufnlsx"#.utf8)
        var random = SystemRandomNumberGenerator()
        var accepted = 0
        for _ in 0..<100_000 {
            let length = Int.random(in: 1...12, using: &random)
            let bytes = (0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
            let failure = failure(bytes)
            if failure == nil { accepted += 1 }
            let judged = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            // Foundation has no numbers beyond its Double, and JSON has: 9e999.
            let isNumber = bytes.contains(UInt8(ascii: "e")) && bytes.contains { 0x30...0x39 ~= $0 }
            if failure == nil, !isNumber { #expect(judged != nil, "\(String(decoding: bytes, as: UTF8.self))") }
        }
        #expect(accepted > 0)
    }
}
