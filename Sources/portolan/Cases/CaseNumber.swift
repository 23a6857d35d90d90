import ArgumentParser

/// The number of a case, as people write it: `3` or `#3`.
enum CaseNumber {
    static func parse(_ text: String) throws -> UInt64 {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        guard let number = UInt64(digits), number > 0 else {
            throw ValidationError("a case has a number from 1 on, not \(Printable.text(text))")
        }
        return number
    }
}
