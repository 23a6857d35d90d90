/// What is asked of a terminal for as long as a screen is drawn on it, and the bytes that ask and take back.
package struct TerminalModes: Hashable, Sendable {
    /// Whether the mouse is reported. Then the terminal's own selecting needs shift.
    package var hasMouse = false

    package init(hasMouse: Bool = false) { self.hasMouse = hasMouse }

    /// The alternate screen, without cursor and wrapping, text in the order it is written (`CSI 8 l`: some terminals
    /// turn Arabic and Hebrew around, whoever's name it is), pastes in brackets, and word of focus.
    var entering: String {
        "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l\u{1b}[8l\u{1b}[?2004h\u{1b}[?1004h"
            + (hasMouse ? "\u{1b}[?1002h\u{1b}[?1006h" : "") + "\u{1b}[m\u{1b}[2J"
    }

    /// A frame may have been cut anywhere: CAN ends a sequence begun, `ESC \` a string.
    var leaving: String {
        "\u{18}\u{1b}\\\u{1b}[?2026l\u{1b}[m" + (hasMouse ? "\u{1b}[?1006l\u{1b}[?1002l" : "")
            + "\u{1b}[?1004l\u{1b}[?2004l\u{1b}[8h\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"
    }
}
