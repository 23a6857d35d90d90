/// What things are called.
extension Notation {
    /// The name of an interface: up to 15 bytes, no slash, no blank. `dev_valid_name` in the kernel
    package static var interface: Notation<String> {
        Notation<String>("the name of an interface", written: { .text($0) }) { text throws(Mistake) in
            let isFit = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != 0x2f && $0 != 0x3a }
            guard isFit, 1...15 ~= text.utf8.count, text != ".", text != ".." else {
                throw Mistake("wants the name of an interface, not \(Quoted.text(text))")
            }
            return text
        }
    }

    /// The key of a label: up to 255 bytes, no blanks.
    package static var label: Notation<String> {
        Notation<String>("the key of a label", written: { .text($0) }) { text throws(Mistake) in
            guard 1...255 ~= text.utf8.count, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
                throw Mistake("wants the key of a label, not \(Quoted.text(text))")
            }
            return text
        }
    }

    /// A name, in which a star stands for anything: up to 255 bytes, no control characters.
    package static var namePattern: Notation<String> {
        line("a name, with stars for what may be anything", limit: 255, mayBeEmpty: false)
    }

    /// Text on one line, or none.
    package static func line(_ wanted: String) -> Notation<String> {
        line(wanted, limit: TextBounds.textLength, mayBeEmpty: true)
    }

    private static func line(_ wanted: String, limit: Int, mayBeEmpty: Bool) -> Notation<String> {
        Notation<String>(wanted, written: { .text($0) }) { text throws(Mistake) in
            let isFit = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            guard isFit, text.utf8.count <= limit, mayBeEmpty || !text.isEmpty else {
                throw Mistake("wants \(wanted), not \(Quoted.text(text))")
            }
            return text
        }
    }
}
