import Records

/// Text from outside, made harmless for a terminal.
enum Printable {
    /// Marks that may stand on one letter; more would be drawn over the lines around it.
    private static var marks: Int { 2 }

    /// Control characters, line breaks and what reorders text become U+FFFD; of many marks on one letter some are left, and one U+FFFD stands for the others.
    static func text(_ text: String) -> String {
        var result = ""
        var standing = 0
        for scalar in text.unicodeScalars {
            let category = scalar.properties.generalCategory
            standing = category == .nonspacingMark || category == .enclosingMark ? standing + 1 : 0
            if standing > marks {
                if standing == marks + 1 { result.unicodeScalars.append("\u{fffd}") }
                continue
            }
            result.unicodeScalars.append(scalar.isHarmful ? "\u{fffd}" : scalar)
        }
        return result
    }
}
