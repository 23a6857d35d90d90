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
}
