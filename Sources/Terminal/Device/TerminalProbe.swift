/// What the terminal can show, asked once at the start, on the alternate screen.
package struct TerminalProbe: Sendable {
    package let glyphs: GlyphSet
    package let background: Background
    package let depth: ColorDepth

    /// What came back of the questions.
    struct Answers {
        /// The columns `─` took.
        var lineWidth: Int?
        var background: Background?
    }

    init(answers: Answers, environment: TerminalEnvironment) {
        background = answers.background ?? environment.background
        depth = environment.colorDepth
        if environment.isLinuxConsole {
            glyphs = environment.isUTF8 ? .console : .ascii
        } else {
            glyphs = environment.isUTF8 && answers.lineWidth == 1 ? .unicode : .ascii
        }
    }

    /// Asks and waits, for the width of `─` 200 ms at most and for the background 100 ms more.
    ///
    /// Answers come in the order of the questions, and the last question is one that every terminal answers: what is not
    /// answered by then never is. Keys typed meanwhile are kept for the next `wait`.
    package static func ask(
        _ device: TerminalDevice,
        environment: TerminalEnvironment = .current,
        widthLimit: Int = 200,
        backgroundLimit: Int = 100
    ) -> TerminalProbe {
        var answers = Answers()
        // On the second row an answer is no key: F3 with a modifier looks like one from the first.
        device.send(
            Array("\u{1b}[2H\(environment.isUTF8 ? "─" : "-")\u{1b}[6n\u{1b}]11;?\u{1b}\\\u{1b}[c\u{1b}[2J".utf8)
        )
        device.decoder.expectedPositions += 1
        let start = SteadyClock.milliseconds
        var others: [TerminalEvent] = []
        var isDone = false
        while !isDone {
            let limit = widthLimit + (answers.lineWidth == nil ? 0 : backgroundLimit)
            let left = limit - Int(SteadyClock.milliseconds - start)
            if left <= 0 { break }
            for event in device.wait(milliseconds: left) {
                switch event {
                case .cursorPosition(_, let column): answers.lineWidth = column - 1
                case .backgroundColor(let red, let green, let blue):
                    answers.background = Background(red: red, green: green, blue: blue)
                case .deviceAttributes: isDone = true
                case .disconnected:
                    isDone = true
                    others.append(event)
                default: others.append(event)
                }
            }
        }
        device.keep(others)
        return TerminalProbe(answers: answers, environment: environment)
    }
}
