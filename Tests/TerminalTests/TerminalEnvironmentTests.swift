import Testing

@testable import Terminal

@Suite("Terminal environment")
struct TerminalEnvironmentTests {
    @Test(arguments: [
        (["LANG": "de_DE.UTF-8"], true), (["LC_ALL": "C", "LANG": "de_DE.UTF-8"], false),
        (["LC_ALL": "", "LC_CTYPE": "C.utf8"], true), ([:], false), (["LANG": "POSIX"], false),
    ])
    func knowsUTF8ByTheFirstThatIsSet(variables: [String: String], isUTF8: Bool) {
        #expect(TerminalEnvironment(variables).isUTF8 == isUTF8)
    }

    @Test(arguments: [
        (["TERM": "xterm-256color"], ColorDepth.palette), (["TERM": "xterm"], .sixteen), (["TERM": "linux"], .sixteen),
        (["TERM": "xterm", "COLORTERM": "truecolor"], .trueColor), (["TERM": "dumb"], .none),
        (["TERM": "vt220"], .none),
        (["TERM": "xterm", "COLORTERM": "24bit", "NO_COLOR": "1"], .none),
        (["TERM": "xterm", "NO_COLOR": ""], .sixteen),
        (["TERM": "xterm-direct"], .trueColor), ([:], .none),
    ])
    func knowsHowManyColours(variables: [String: String], depth: ColorDepth) {
        #expect(TerminalEnvironment(variables).colorDepth == depth)
    }

    @Test(
        arguments: [
            ("xterm", "C.UTF-8", 1, GlyphSet.unicode), ("xterm", "C.UTF-8", 2, .ascii),
            ("xterm", "C.UTF-8", nil, .ascii),
            ("xterm", "C", 1, .ascii), ("linux", "C.UTF-8", 1, .console), ("linux", "C.UTF-8", nil, .console),
            ("linux", "C", 1, .ascii),
        ] as [(String, String, Int?, GlyphSet)]
    )
    func choosesGlyphsTheTerminalCanShow(term: String, locale: String, width: Int?, glyphs: GlyphSet) {
        let environment = TerminalEnvironment(["TERM": term, "LANG": locale])
        #expect(TerminalProbe(answers: .init(lineWidth: width), environment: environment).glyphs == glyphs)
    }

    @Test func believesTheTerminalBeforeTheEnvironment() {
        let environment = TerminalEnvironment(["COLORFGBG": "15;default;0"])
        #expect(environment.background == .dark)
        #expect(TerminalEnvironment(["COLORFGBG": "0;15"]).background == .light)
        #expect(TerminalEnvironment(["COLORFGBG": "0;default"]).background == .unknown)
        let answers = TerminalProbe.Answers(background: Background(red: 250, green: 250, blue: 240))
        #expect(TerminalProbe(answers: answers, environment: environment).background == .light)
        #expect(TerminalProbe(answers: .init(), environment: environment).background == .dark)
        #expect(Background(red: 0x12, green: 0x12, blue: 0x12) == .dark)
    }

    @Test func bringsColoursDownToWhatThereIs() {
        #expect(ColorDepth.palette.reduce(.rgb(0x5f, 0xd7, 0xff)) == .palette(81))
        #expect(ColorDepth.palette.reduce(.rgb(0x78, 0x78, 0x78)) == .palette(243))
        #expect(ColorDepth.palette.reduce(.rgb(255, 255, 255)) == .palette(231))
        #expect(ColorDepth.sixteen.reduce(.rgb(0xff, 0x5f, 0x5f)) != .standard)
        #expect(ColorDepth.sixteen.reduce(.rgb(255, 0, 0)) == .ansi(9))
        #expect(ColorDepth.sixteen.reduce(.palette(196)) == .ansi(9))
        #expect(ColorDepth.sixteen.reduce(.palette(3)) == .ansi(3))
        #expect(ColorDepth.none.reduce(.ansi(3)) == .standard)
        #expect(ColorDepth.trueColor.reduce(.rgb(1, 2, 3)) == .rgb(1, 2, 3))
        for number in UInt8(16)...255 {
            let parts = Palette.components(number)
            let back = Palette.components(Palette.nearest(parts[0], parts[1], parts[2]))
            #expect([back[0], back[1], back[2]] == [parts[0], parts[1], parts[2]])
        }
    }
}
