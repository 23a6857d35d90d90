import Testing

@testable import Wire

@Suite("DNS name")
struct DNSNameTests {
    @Test func joinsLabelsAndKeepsLetterCase() throws {
        let name = try read([3, 0x57, 0x77, 0x77, 2, 0x64, 0x65, 0, 99])
        #expect(name.text == "Www.de")
        #expect(name.end == 8)
    }

    @Test func writesTheRootAsADot() throws {
        let name = try read([0])
        #expect(name.text == ".")
        #expect(name.end == 1)
    }

    @Test func endsAfterTheFirstPointer() throws {
        // "de" at 0, "a" and a pointer to it at 4, "b" and a pointer to that at 8.
        let name = try read([2, 0x64, 0x65, 0, 1, 0x61, 0xc0, 0, 1, 0x62, 0xc0, 4, 99], at: 8)
        #expect(name.text == "b.a.de")
        #expect(name.end == 12)
    }

    @Test func escapesWhatWouldBeReadAsSomethingElse() throws {
        #expect(try read([3, 0x61, 0x2e, 0x62, 0]).text == #"a\.b"#)
        #expect(try read([1, 0x5c, 0]).text == #"\\"#)
        #expect(try read([3, 0x61, 0, 0x62, 0]).text == #"a\000b"#)
        #expect(try read([5, 0x1b, 0x5b, 0x32, 0x4a, 0x0a, 0]).text == #"\027[2J\010"#)
        #expect(try read([3, 0xc3, 0xa9, 0x20, 0]).text == #"\195\169\032"#)
        #expect(try read([1, 0x7f, 0]).text == #"\127"#)
    }

    @Test func lettersOfAnyValueNeverPassRaw() throws {
        for octet in UInt8.min...UInt8.max {
            let text = try read([1, octet, 0]).text
            #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
        }
    }

    @Test(
        "refuses pointers that do not lead backwards",
        arguments: [
            ([0xc0, 0], 0),  // To itself.
            ([0xc0, 0xff], 0),  // Forward, past the end.
            ([1, 0x61, 0xc0, 0], 0),  // Around its own label.
            ([0xc0, 2, 0xc0, 0], 2),  // Two that point at each other.
            ([1, 0x61, 0xc0, 3, 0xc0, 0], 4),
        ] as [([UInt8], Int)]
    )
    func refusesLoops(bytes: [UInt8], offset: Int) {
        #expect(throws: WireError.malformed(.dns)) { try read(bytes, at: offset) }
    }

    @Test(arguments: [0x40, 0x80] as [UInt8])
    func refusesLabelKindsThatNobodyUses(length: UInt8) {
        #expect(throws: WireError.malformed(.dns)) { try read([length, 0x61, 0x62, 0x63, 0]) }
    }

    @Test func allows255OctetsAndNotOneMore() throws {
        let labels = Array(repeatElement([63] + [UInt8](repeating: 0x61, count: 63), count: 3).joined())
        let longest = try read(labels + [61] + [UInt8](repeating: 0x62, count: 61) + [0])
        #expect(longest.text.utf8.count == 253)
        #expect(throws: WireError.malformed(.dns)) {
            try read(labels + [62] + [UInt8](repeating: 0x62, count: 62) + [0])
        }
    }

    @Test func countsOctetsAcrossPointers() {
        // Each of eight names is 63 letters in front of the one before.
        var bytes: [UInt8] = [0]
        var previous = 0
        for _ in 0..<8 {
            let start = bytes.count
            bytes += [63] + [UInt8](repeating: 0x61, count: 63) + [0xc0 | UInt8(previous >> 8), UInt8(previous & 0xff)]
            previous = start
        }
        let (message, last) = (bytes, previous)
        #expect(throws: WireError.malformed(.dns)) { try read(message, at: last) }
    }

    @Test func followsNoMoreThan127Pointers() throws {
        // A root, and pointers each to the one before.
        var bytes: [UInt8] = [0, 0]
        for index in 0..<128 {
            let target = index * 2
            bytes += [0xc0 | UInt8(target >> 8), UInt8(target & 0xff)]
        }
        let message = bytes
        #expect(try read(message, at: 2 * 127).text == ".")
        #expect(throws: WireError.malformed(.dns)) { try read(message, at: 2 * 128) }
    }

    @Test(arguments: 0..<8)
    func saysThatANameIsCut(length: Int) {
        let bytes = Array(([3, 0x77, 0x77, 0x77, 2, 0x64, 0x65, 0] as [UInt8]).prefix(length))
        #expect(throws: WireError.truncated(.dns)) { try read(bytes) }
    }

    @Test func saysThatAPointerIsCut() {
        #expect(throws: WireError.truncated(.dns)) { try read([0, 0xc0], at: 1) }
    }

    private func read(_ bytes: [UInt8], at offset: Int = 0) throws -> (text: String, end: Int) {
        try bytes.reading { try DNSName.read($0, at: offset) }
    }
}
