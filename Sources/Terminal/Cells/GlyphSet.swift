/// Which characters the terminal can be trusted with.
package enum GlyphSet: String, Sendable, CaseIterable {
    /// All, in UTF-8.
    case unicode
    /// The Linux console: one column each, nothing combined, 512 glyphs at most.
    case console
    /// The 95 printable ones of ASCII.
    case ascii

    /// Stands for what is not shown.
    package var replacement: Unicode.Scalar { self == .unicode ? "\u{fffd}" : "?" }

    /// Stands where text was cut.
    package var ellipsis: Unicode.Scalar { self == .unicode ? "…" : "~" }
}
