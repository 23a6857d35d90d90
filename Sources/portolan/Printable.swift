/// Text from outside, made harmless for a terminal.
enum Printable {
    /// Control characters, line breaks and what reorders text become U+FFFD.
    static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                result.unicodeScalars.append("\u{fffd}")
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
