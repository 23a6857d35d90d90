import Glibc

/// What the environment says of the terminal, before it is asked itself.
package struct TerminalEnvironment: Sendable {
    private let variables: [String: String]

    package init(_ variables: [String: String]) { self.variables = variables }

    /// The variables of this process that matter here.
    package static var current: TerminalEnvironment {
        var variables: [String: String] = [:]
        for name in ["LC_ALL", "LC_CTYPE", "LANG", "TERM", "COLORTERM", "COLORFGBG", "NO_COLOR"] {
            if let value = unsafe getenv(name) { variables[name] = unsafe String(cString: value) }
        }
        return TerminalEnvironment(variables)
    }

    /// Whether text is UTF-8: the first of LC_ALL, LC_CTYPE and LANG that is set decides. locale(7).
    package var isUTF8: Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? ""
        let name = locale.lowercased()
        return name.contains("utf-8") || name.contains("utf8")
    }

    /// A terminal without a cursor to move: nothing is drawn on it.
    package var isDumb: Bool { ["dumb", "", "unknown"].contains(variables["TERM"] ?? "") }

    package var isLinuxConsole: Bool { (variables["TERM"] ?? "").hasPrefix("linux") }

    /// NO_COLOR when it is not empty (no-color.org), COLORTERM, then the name in TERM.
    package var colorDepth: ColorDepth {
        if !(variables["NO_COLOR"] ?? "").isEmpty || isDumb { return .none }
        let term = variables["TERM"] ?? ""
        if term.hasPrefix("vt") || term.hasSuffix("-mono") || term.hasSuffix("-m") { return .none }
        if ["truecolor", "24bit"].contains(variables["COLORTERM"] ?? "") || term.hasSuffix("-direct") {
            return .trueColor
        }
        return term.contains("256color") ? .palette : .sixteen
    }

    /// COLORFGBG is "foreground;background" in numbers of the sixteen, sometimes with something between.
    package var background: Background {
        guard let last = variables["COLORFGBG"]?.split(separator: ";").last, let number = Int(last) else {
            return .unknown
        }
        switch number {
        case 0...6, 8: return .dark
        case 7, 9...15: return .light
        default: return .unknown
        }
    }
}

/// What lies behind the text.
package enum Background: String, Sendable {
    case dark, light, unknown

    /// By its luminance, ITU-R BT.709 on the values as they are.
    init(red: UInt8, green: UInt8, blue: UInt8) {
        self = 2126 * Int(red) + 7152 * Int(green) + 722 * Int(blue) < 10_000 * 128 ? .dark : .light
    }
}
