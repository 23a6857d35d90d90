import Addressing
import Foundation
import Testing

@testable import Records

@Suite("JSON buffer")
struct JSONBufferTests {
    /// The line that `body` writes, without the line's end.
    private func line(_ body: (inout JSONBuffer) -> Void) -> String {
        var json = JSONBuffer()
        json.beginLine()
        body(&json)
        json.endLine()
        #expect(json.bytes.last == 0x0a)
        return String(decoding: json.bytes.dropLast(), as: UTF8.self)
    }

    @Test func putsCommasBetweenAndNowhereElse() {
        let text = line { json in
            json.pair("a", 1)
            let object = json.beginObject("b")
            json.pair("c", "x")
            json.pair("d", true)
            json.end(object)
            let array = json.beginArray("e")
            json.value(1)
            json.value("y")
            let element = json.beginElement()
            json.pair("f", false)
            json.end(element)
            json.end(array)
            json.pair("g", -2)
        }
        #expect(text == #"{"a":1,"b":{"c":"x","d":true},"e":[1,"y",{"f":false}],"g":-2}"#)
    }

    @Test(arguments: [0, 1, 2])
    func leavesNoTraceOfWhatStayedEmpty(place: Int) {
        let text = line { json in
            for index in 0..<3 {
                if index == place {
                    let object = json.beginObject("empty")
                    let inner = json.beginArray("inner")
                    let element = json.beginElement()
                    json.pair("none", String?.none)
                    json.end(element)
                    json.end(inner)
                    json.end(object)
                } else {
                    json.pair("n", index)
                }
            }
        }
        let numbers = [0, 1, 2].filter { $0 != place }.map { "\"n\":\($0)" }.joined(separator: ",")
        #expect(text == "{\(numbers)}")
    }

    @Test func writesNothingForWhatIsNil() {
        let text = line { json in
            json.pair("a", String?.none)
            json.pair("b", Int?.none)
            json.pair("c", Bool?.none)
            json.pair("d", IPAddress?.none)
            json.pair("e", Timestamp?.none, digits: 6)
            json.pair("f", MACAddress(bits: 0))
            json.count("g", 0)
        }
        #expect(text == "{}")
    }

    @Test func beginsEachLineAnew() {
        var json = JSONBuffer()
        for number in 1...2 {
            json.beginLine()
            json.pair("n", number)
            json.endLine()
        }
        #expect(String(decoding: json.bytes, as: UTF8.self) == "{\"n\":1}\n{\"n\":2}\n")
        json.removeAll()
        #expect(json.bytes.isEmpty)
    }

    @Test func escapesKeysFromOutside() {
        let text = line { json in
            json.key(escaping: "a\"\n")
            json.value(1)
        }
        #expect(text == #"{"a\"\n":1}"#)
    }

    @Test func keepsListsThatAreValues() {
        let text = line { json in
            json.key("none")
            json.value(list: [Int]()) { $0.value($1) }
            json.key("some")
            json.value(list: ["a", "b"]) { $0.value($1) }
            json.pair("last", 1)
        }
        #expect(text == #"{"none":[],"some":["a","b"],"last":1}"#)
    }

    @Test(arguments: [(0, 0), (1, 1), (64, 1), (65, 2), (128, 2), (129, 3)])
    func givesPiecesOfAtMostTheirSize(count: Int, pieces: Int) {
        var json = JSONBuffer()
        for _ in 0..<count { json.append(0x61) }
        var sizes: [Int] = []
        json.forEachPiece(of: 64) { sizes.append($0.count) }
        #expect(sizes.count == pieces)
        #expect(sizes.reduce(0, +) == count)
        #expect(sizes.allSatisfy { $0 <= 64 && $0 > 0 })
    }
}
