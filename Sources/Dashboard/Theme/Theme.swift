package import Terminal

/// Which colours roles have.
package struct Theme: Hashable, Sendable {
    package enum Palette: String, Hashable, Sendable, CaseIterable {
        /// The terminal's own sixteen colours, which fit what the user chose for a background.
        case terminal
        /// Colours of our own for a dark background, and for a light one.
        case dark, light
    }

    package let palette: Palette
    /// Whether the background is known to be dark: then the terminal's bright colours are used.
    package let isBright: Bool

    package init(_ palette: Palette = .terminal, background: Background = .unknown) {
        self.palette = palette
        isBright = background == .dark
    }

    package func style(_ role: Role) -> Style {
        switch role {
        case .plain, .middleLevel: .standard
        case .heading: Style(isBold: true)
        case .selected: Style(isReverse: true)
        case .crossing: Style(foreground: color(role), isBold: true)
        case .new: Style(foreground: color(role), isBold: true)
        case .outside, .lowestLevel, .highestLevel, .warning, .quiet: Style(foreground: color(role))
        }
    }

    /// The colour itself; `standard` for roles without one.
    package func color(_ role: Role) -> Color {
        guard let colors = Self.colors[role] else { return .standard }
        switch palette {
        case .terminal: return .ansi(isBright ? colors.bright : colors.normal)
        case .dark: return colors.dark
        case .light: return colors.light
        }
    }

    private struct Colors {
        let normal: UInt8
        let bright: UInt8
        let dark: Color
        let light: Color
    }

    // On light, red is dark and amber is not: with equal lightness they are one colour to who sees no green.
    private static let colors: [Role: Colors] = [
        .outside: Colors(normal: 4, bright: 12, dark: .rgb(0x6e, 0x96, 0xff), light: .rgb(0x2f, 0x55, 0xc8)),
        .lowestLevel: Colors(normal: 6, bright: 14, dark: .rgb(0x5a, 0xbe, 0xdc), light: .rgb(0x0b, 0x6e, 0x85)),
        .highestLevel: Colors(normal: 5, bright: 13, dark: .rgb(0xd7, 0x78, 0xd7), light: .rgb(0x8f, 0x2f, 0x8f)),
        .crossing: Colors(normal: 1, bright: 9, dark: .rgb(0xff, 0x5f, 0x5f), light: .rgb(0x8f, 0x0a, 0x0a)),
        .warning: Colors(normal: 3, bright: 11, dark: .rgb(0xff, 0xaf, 0x00), light: .rgb(0xad, 0x7a, 0x00)),
        .new: Colors(normal: 2, bright: 10, dark: .rgb(0x5f, 0xc8, 0x78), light: .rgb(0x1f, 0x7a, 0x35)),
        .quiet: Colors(normal: 8, bright: 8, dark: .rgb(0x78, 0x78, 0x78), light: .rgb(0x6e, 0x6e, 0x6e)),
    ]
}
