import Addressing
package import Declarations

/// Whom a policy speaks of.
extension Notation {
    /// A name, in which `*` stands for anything; up to 512 bytes.
    static func pattern(_ wanted: String) -> Notation<NamePattern> {
        Notation<NamePattern>(wanted, written: { .text($0.text) }) { text throws(Mistake) in
            NamePattern(try printable(text, wanted))
        }
    }

    /// Some words; up to 512 bytes.
    package static func name(_ wanted: String) -> Notation<String> {
        Notation<String>(wanted, written: { .text($0) }) { text throws(Mistake) in try printable(text, wanted) }
    }

    /// Something of one line that is not blank.
    private static func printable(_ text: String, _ wanted: String) throws(Mistake) -> String {
        guard 1...512 ~= text.utf8.count, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
            text.utf8.contains(where: { $0 != 0x20 })
        else { throw Mistake("wants \(wanted), not \(Quoted.text(text))") }
        return text
    }

    /// `KEY` or `KEY=VALUE`; the value may have stars.
    static var labelSelector: Notation<LabelSelector> {
        Notation<LabelSelector>("a label such as tier=db", written: { .text($0.description) }) { text throws(Mistake) in
            let sign = text.utf8.firstIndex(of: 0x3d)
            let key = String(text[..<(sign ?? text.endIndex)])
            guard 1...255 ~= key.utf8.count, key.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
                throw Mistake("wants a label such as tier=db, not \(Quoted.text(text))")
            }
            guard !key.utf8.contains(0x2a) else {
                throw Mistake("wants the whole key of a label, without stars, not \(Quoted.text(key))")
            }
            return LabelSelector(key: key, value: sign.map { NamePattern(String(text[$0...].dropFirst())) })
        }
    }

    /// What a level is called: letters, digits, hyphens and underscores.
    static var levelName: Notation<String> {
        Notation<String>("the name of a level", written: { .text($0) }) { text throws(Mistake) in
            let isFit = text.utf8.allSatisfy { HostName.isLetterOrDigit($0) || $0 == 0x2d || $0 == 0x5f }
            guard isFit, 1...32 ~= text.utf8.count else {
                throw Mistake("wants the name of a level, not \(Quoted.text(text))")
            }
            return text
        }
    }

    /// One of the levels there are.
    static func level(_ levels: SensitivityLevels) -> Notation<SensitivityLevel> {
        .word("a level", of: levels.names, written: { levels.name(of: $0) }, meaning: { levels[$0] })
    }

    /// The same, or `""` for none.
    static func levelOrNone(_ levels: SensitivityLevels) -> Notation<SensitivityLevel?> {
        let one = Notation<SensitivityLevel>.level(levels)
        return Notation<SensitivityLevel?>(
            one.wanted,
            written: { .text($0.map { levels.name(of: $0) } ?? "") },
            parse: { text throws(Mistake) in text.isEmpty ? nil : try one.parse(text) }
        )
    }
}
