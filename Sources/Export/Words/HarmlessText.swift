import Records

/// Text from outside, made harmless for whoever shows a file of ours: names come from whoever names containers or answers DNS.
package enum HarmlessText {
    /// Scalars that are left of a text.
    package static var limit: Int { 256 }
    /// Marks that may stand on one letter; more would be drawn over what is around it.
    private static var marks: Int { 2 }

    /// Control characters, line breaks, what reorders text and what no standard has given a meaning become U+FFFD; what is too
    /// long ends with `…`. The result has no line break and fits XML 1.0.
    package static func text(_ text: String) -> String { self.text(text, limit: limit) }

    /// The same, up to another length.
    package static func text(_ text: String, limit: Int) -> String {
        var result = String.UnicodeScalarView()
        var (count, standing) = (0, 0)
        for scalar in text.unicodeScalars {
            let category = scalar.properties.generalCategory
            standing = category == .nonspacingMark || category == .enclosingMark ? standing + 1 : 0
            if standing > marks { continue }
            guard count < limit else {
                result.append("…")
                break
            }
            count += 1
            result.append(scalar.isHarmful ? "\u{fffd}" : scalar)
        }
        return String(result)
    }
}
