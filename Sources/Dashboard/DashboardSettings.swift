package import Terminal

/// How a dashboard is drawn, and what it may do.
package struct DashboardSettings: Sendable {
    package var theme: Theme
    package var glyphs: GlyphSet
    /// Whether nothing that acts is offered.
    package var isReadOnly: Bool
    /// Seconds east of Greenwich that times are shown in.
    package var zone: Int

    package init(theme: Theme = Theme(), glyphs: GlyphSet = .unicode, isReadOnly: Bool = false, zone: Int = 0) {
        self.theme = theme
        self.glyphs = glyphs
        self.isReadOnly = isReadOnly
        self.zone = zone
    }
}
