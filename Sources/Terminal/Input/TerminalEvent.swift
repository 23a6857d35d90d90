/// What comes from a terminal: from its keys and mouse, from itself as an answer, or about it from the system.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key, Modifiers)
    case mouse(MouseEvent)
    /// Text put in at once, at most `KeyDecoder.pasteLimit` bytes. As it came: whoever shows it makes it harmless.
    case paste(String)
    /// Whether the terminal's window has the keyboard now.
    case focus(Bool)

    /// The answer to `CSI 6 n`; both count from 1.
    case cursorPosition(row: Int, column: Int)
    /// The answer to `OSC 11 ; ?`, each part of 255.
    case backgroundColor(UInt8, UInt8, UInt8)
    /// The answer to `CSI c`, which every terminal gives.
    case deviceAttributes([Int])

    case resize(width: Int, height: Int)
    /// The process went on after it was stopped: what is on the screen is unknown.
    case resumed
    /// Somebody called `wake`.
    case woken
    /// SIGTERM, SIGHUP, SIGINT or SIGQUIT asks for an end.
    case terminate(signal: Int32)
    /// The terminal is gone; nothing more comes.
    case disconnected
}

/// A button, the wheel, or a movement; row and column count from 0.
package struct MouseEvent: Hashable, Sendable {
    package enum Button: Hashable, Sendable {
        case left, middle, right, none, other
        case wheelUp, wheelDown, wheelLeft, wheelRight
    }

    package enum Kind: Hashable, Sendable { case press, release, move }

    package var row: Int
    package var column: Int
    package var button: Button
    package var kind: Kind
    package var modifiers: Modifiers = []
}
