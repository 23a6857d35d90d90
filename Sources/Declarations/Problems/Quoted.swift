/// Text of a file inside a message: on one line, harmless for a terminal, and not long.
package enum Quoted {
    /// The text in quotes. After 64 characters it is cut; control characters, line breaks and what reorders text become U+FFFD.
    package static func text(_ text: some StringProtocol) -> String {
        var result = "\""
        var room = 64
        for scalar in text.unicodeScalars {
            guard room > 0 else {
                result += "…"
                break
            }
            room -= 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                result.unicodeScalars.append("\u{fffd}")
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
