import Testing

@testable import Terminal

@Suite("Key decoder")
struct KeyDecoderTests {
    private func events(_ text: String, flushes: Int = 1) -> [TerminalEvent] {
        var decoder = KeyDecoder()
        var events: [TerminalEvent] = []
        decoder.feed(text.utf8, to: &events)
        for _ in 0..<flushes { decoder.flush(to: &events) }
        return events
    }

    static let sequences: [(String, TerminalEvent)] = [
        ("j", .key(.character("j"), [])), ("G", .key(.character("G"), [])), ("é", .key(.character("é"), [])),
        ("漢", .key(.character("漢"), [])), ("😀", .key(.character("😀"), [])), ("\r", .key(.enter, [])),
        ("\t", .key(.tab, [])), ("\u{1b}[Z", .key(.tab, .shift)), ("\u{7f}", .key(.backspace, [])),
        ("\u{3}", .key(.character("c"), .control)), ("\0", .key(.character(" "), .control)),
        ("\u{1b}j", .key(.character("j"), .alt)), ("\u{1b}é", .key(.character("é"), .alt)),
        ("\u{1b}", .key(.escape, [])),
        ("\u{1b}[A", .key(.up, [])), ("\u{1b}OB", .key(.down, [])), ("\u{1b}[1;5C", .key(.right, .control)),
        ("\u{1b}[H", .key(.home, [])), ("\u{1b}[4~", .key(.end, [])), ("\u{1b}[5~", .key(.pageUp, [])),
        ("\u{1b}[6;2~", .key(.pageDown, .shift)), ("\u{1b}[3~", .key(.delete, [])), ("\u{1b}[2~", .key(.insert, [])),
        ("\u{1b}OP", .key(.function(1), [])), ("\u{1b}[15~", .key(.function(5), [])),
        ("\u{1b}[24~", .key(.function(12), [])), ("\u{1b}[[C", .key(.function(3), [])),
        ("\u{1b}[1;2R", .key(.function(3), .shift)), ("\u{1b}[97;5u", .key(.character("a"), .control)),
        ("\u{1b}[27;3;120~", .key(.character("x"), .alt)), ("\u{1b}[I", .focus(true)), ("\u{1b}[O", .focus(false)),
        ("\u{1b}[<0;5;3M", .mouse(MouseEvent(row: 2, column: 4, button: .left, kind: .press))),
        ("\u{1b}[<2;5;3m", .mouse(MouseEvent(row: 2, column: 4, button: .right, kind: .release))),
        ("\u{1b}[<65;1;1M", .mouse(MouseEvent(row: 0, column: 0, button: .wheelDown, kind: .press))),
        ("\u{1b}[<48;9;1M", .mouse(MouseEvent(row: 0, column: 8, button: .left, kind: .move, modifiers: .control))),
        ("\u{1b}[200~a\u{1b}[Ab\u{1b}[201~", .paste("a\u{1b}[Ab")), ("\u{1b}[?62;4c", .deviceAttributes([62, 4])),
        ("\u{1b}]11;rgb:1212/ffff/0000\u{7}", .backgroundColor(0x12, 0xff, 0)),
        ("\u{1b}]11;rgba:f/8/0/f\u{1b}\\", .backgroundColor(255, 136, 0)), ("\u{1b}[", .key(.character("["), .alt)),
    ]

    @Test(arguments: sequences)
    func knowsWhatTerminalsSend(text: String, event: TerminalEvent) {
        #expect(events(text) == [event])
        // Between other keys, and in pieces of one byte.
        var decoder = KeyDecoder()
        var pieces: [TerminalEvent] = []
        let isOpen = text == "\u{1b}" || text == "\u{1b}["
        for byte in ("x" + text + (isOpen ? "" : "y")).utf8 { decoder.feed([byte], to: &pieces) }
        decoder.flush(to: &pieces)
        let after: [TerminalEvent] = isOpen ? [] : [.key(.character("y"), [])]
        #expect(pieces == [.key(.character("x"), []), event] + after)
        #expect(!decoder.isPending)
    }

    @Test func tellsAPositionFromAKeyByWhatWasAsked() {
        var decoder = KeyDecoder()
        var events: [TerminalEvent] = []
        decoder.expectedPositions = 1
        decoder.feed("\u{1b}[1;2R\u{1b}[1;2R".utf8, to: &events)
        #expect(events == [.cursorPosition(row: 1, column: 2), .key(.function(3), .shift)])
    }

    @Test func boundsAPasteAndLosesNothingAfterIt() {
        let text = String(repeating: "é", count: 50_000)
        let events = events("\u{1b}[200~" + text + "\u{1b}[201~q")
        #expect(events == [.paste(String(repeating: "é", count: 32_768)), .key(.character("q"), [])])
        let odd = self.events("\u{1b}[200~x" + text + "\u{1b}[201~")
        #expect(odd == [.paste("x" + String(repeating: "é", count: 32_767))])
    }

    @Test func leavesAPasteWithoutAnEnd() {
        #expect(events("\u{1b}[200~b y", flushes: KeyDecoder.silences - 1) == [])
        #expect(events("\u{1b}[200~b y", flushes: KeyDecoder.silences) == [.paste("b y")])
    }

    @Test(arguments: ["\u{1b}[", "\u{1b}]", "\u{1b}P", "\u{1b}[<", "\u{1b}[[1"])
    func isNotHeldByAnEndlessSequence(start: String) {
        let text = start + String(repeating: "1", count: 2 * KeyDecoder.patience)
        let last = events(text + "\u{1b}" + "q").last
        #expect(last == .key(.character("q"), .alt))
        #expect(events(start + String(repeating: "1;", count: 40) + "~j", flushes: 20).count < 2)
    }

    @Test(arguments: [
        [0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0xe2, 0x94], [0xc2, 0x9b],
        [0xf8, 0x88, 0x80, 0x80, 0x80],
    ])
    func dropsWhatIsNoUTF8(bytes: [UInt8]) {
        var decoder = KeyDecoder()
        var events: [TerminalEvent] = []
        decoder.feed(bytes + [0x6a], to: &events)
        #expect(events == [.key(.character("j"), [])])
    }

    /// Whatever comes: no crash, no control character as a key, and after silence every key counts again.
    @Test func standsAnything() {
        var dice = Dice(4)
        var decoder = KeyDecoder()
        let pieces = ["\u{1b}[", "\u{1b}]11;rgb:", "\u{1b}[200~", "\u{1b}[201~", ";", "R", "M", "\u{1b}[<", "\u{1b}\\"]
        for _ in 0..<20_000 {
            var events: [TerminalEvent] = []
            for _ in 0..<Int.random(in: 1..<12, using: &dice) {
                if Bool.random(using: &dice) {
                    decoder.feed((pieces.randomElement(using: &dice) ?? "").utf8, to: &events)
                } else {
                    decoder.feed([UInt8.random(in: 0...255, using: &dice)], to: &events)
                }
                if Int.random(in: 0..<9, using: &dice) == 0 { decoder.flush(to: &events) }
            }
            for case .key(.character(let character), _) in events {
                #expect(character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
            }
            for _ in 0..<KeyDecoder.silences { decoder.flush(to: &events) }
            #expect(!decoder.isPending)
            events = []
            decoder.feed([0x71], to: &events)
            #expect(events == [.key(.character("q"), [])])
        }
    }
}
