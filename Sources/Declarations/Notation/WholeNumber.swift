/// Whole numbers as files spell them.
package enum WholeNumber {
    /// Decimal digits, at most 18 and without leading zeros, which some read as octal. Nil for anything else.
    package static func parse(_ text: some StringProtocol) -> Int? {
        let digits = text.utf8
        guard 1...18 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        guard digits.first != 0x30 || digits.count == 1 else { return nil }
        return Int(text)
    }
}

extension Notation {
    /// A number within bounds.
    package static func integer(_ bounds: ClosedRange<Int>) -> Notation<Int> {
        Notation<Int>("a number", written: { .number($0) }) { text throws(Mistake) in
            guard let number = WholeNumber.parse(text) else {
                throw Mistake("wants a number, not \(Quoted.text(text))")
            }
            guard bounds.contains(number) else {
                throw Mistake("is from \(bounds.lowerBound) to \(bounds.upperBound), not \(number)")
            }
            return number
        }
    }

    /// A port: 1 to 65535.
    package static var port: Notation<UInt16> {
        Notation<UInt16>("a port", written: { .number(Int($0)) }) { text throws(Mistake) in
            guard let number = WholeNumber.parse(text), let port = UInt16(exactly: number), port > 0 else {
                throw Mistake("wants a port from 1 to 65535, not \(Quoted.text(text))")
            }
            return port
        }
    }
}
