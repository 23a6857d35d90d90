/// Numbers as people read them: digits in groups of three, `5,000,000`.
package enum GroupedDigits {
    package static func text(_ value: UInt64) -> String {
        let digits = Array(String(value).utf8)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.unicodeScalars.append(UnicodeScalar(digit))
        }
        return text
    }
}
