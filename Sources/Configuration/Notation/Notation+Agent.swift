import Declarations

/// What only the agent is told.
extension Notation {
    /// A group: its number, or a name as useradd(8) allows it.
    static var group: Notation<String> {
        Notation<String>("the name of a group", written: { .text($0) }) { text throws(Mistake) in
            let isFit = text.utf8.allSatisfy { HostName.isLetterOrDigit($0) || $0 == 0x2d || $0 == 0x2e || $0 == 0x5f }
            guard isFit, 1...32 ~= text.utf8.count, text.utf8.first != 0x2d else {
                throw Mistake("wants the name of a group, not \(Quoted.text(text))")
            }
            return text
        }
    }

    /// How much something said matters.
    static var logLevel: Notation<LogLevel> {
        .word("a level")
    }
}
