import Records

/// A command as somebody types it into a shell: programs with their words, each reading what the one before prints. sh(1)
package struct ShellCommand: Hashable, Sendable {
    private var stages: [[String]]

    package init(_ words: [String]) { stages = [words] }

    /// The same, read by another program.
    package func piped(_ words: String...) -> Self {
        var command = self
        command.stages.append(words)
        return command
    }

    /// On one line. Harmless: what a terminal or a page would act on is escaped within quotes.
    package var text: String { pieces.map(\.text).joined(separator: " ") }

    /// The same on lines of at most `width` columns, as far as its words are not longer: they end with a backslash, or within a
    /// statement of SQL, where a line's end is a space.
    package func lines(width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in units {
            if !line.isEmpty, line.unicodeScalars.count + 1 + piece.text.unicodeScalars.count > width - 2 {
                lines.append(piece.isWithinQuotes ? line : line + " \\")
                line = "  " + piece.text
            } else {
                line += line.isEmpty ? piece.text : " " + piece.text
            }
        }
        return lines + [line]
    }

    /// What is not broken: an option stays with what stands behind it.
    private var units: [Piece] {
        var units: [Piece] = []
        var option: String?
        for piece in pieces {
            if let held = option {
                units.append(Piece(text: "\(held) \(piece.text)"))
                option = nil
            } else if piece.text.hasPrefix("-"), !piece.isWithinQuotes {
                option = piece.text
            } else {
                units.append(piece)
            }
        }
        if let option { units.append(Piece(text: option)) }
        return units
    }

    /// What stands between spaces.
    private struct Piece {
        var text: String
        /// Whether the space before it is of the word itself.
        var isWithinQuotes = false
    }

    private var pieces: [Piece] {
        var pieces: [Piece] = []
        for (place, words) in stages.enumerated() {
            if place > 0 { pieces.append(Piece(text: "|")) }
            for word in words {
                let quoted = Self.quoted(word)
                guard word.hasPrefix("SELECT ") else {
                    pieces.append(Piece(text: quoted))
                    continue
                }
                let parts = quoted.split(separator: " ", omittingEmptySubsequences: false)
                for (number, part) in parts.enumerated() {
                    pieces.append(Piece(text: String(part), isWithinQuotes: number > 0))
                }
            }
        }
        return pieces
    }

    /// A word as a shell reads it back, whatever is in it.
    static func quoted(_ word: String) -> String {
        if !word.isEmpty, word.utf8.allSatisfy(isPlain) { return word }
        // What cannot be shown is written by its bytes, as bash, zsh and ksh read it.
        if word.unicodeScalars.contains(where: \.isHarmful) {
            return "$'" + word.unicodeScalars.map(escaped).joined() + "'"
        }
        return "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
        guard scalar.isHarmful else { return String(scalar) }
        return String(scalar).utf8.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "\\x0\(digits)" : "\\x\(digits)"
        }.joined()
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"),
            UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "_"), UInt8(ascii: "@"):
            true
        default: false
        }
    }
}
