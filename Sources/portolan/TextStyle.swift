import Glibc

/// Emphasis for people who see colours, and none for everybody else. Colour never carries a meaning alone.
struct TextStyle {
    let isColoured: Bool

    init(choice: ColorChoice) {
        switch choice {
        case .always: isColoured = true
        case .never: isColoured = false
        case .auto:
            let refused = unsafe getenv("NO_COLOR") != nil && getenv("NO_COLOR").pointee != 0
            let dumb = unsafe getenv("TERM").map { unsafe String(cString: $0) } == "dumb"
            isColoured = isatty(STDOUT_FILENO) == 1 && !refused && !dumb
        }
    }

    /// Columns that lines may have: those of the terminal, from 80 to 160; 120 when it is none.
    static var width: Int {
        guard isatty(STDOUT_FILENO) == 1 else { return 120 }
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
        return min(max(Int(size.ws_col), 80), 160)
    }

    /// Columns of the terminal, at least 40; without limit where it is none, so that nothing is lost to a pipe.
    static var terminalWidth: Int { terminalSize?.columns ?? .max }

    /// Of the terminal that output goes to, at least 40 by 1; nil where it goes elsewhere.
    static var terminalSize: (columns: Int, rows: Int)? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
        return (max(Int(size.ws_col), 40), max(Int(size.ws_row), 1))
    }

    /// A heading.
    func heading(_ text: String) -> String { isColoured ? "\u{1b}[1m\(text)\u{1b}[0m" : text }

    /// What matters less.
    func faint(_ text: String) -> String { isColoured ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

    /// What somebody should look at.
    func warning(_ text: String) -> String { isColoured ? "\u{1b}[33m\(text)\u{1b}[0m" : text }
}
