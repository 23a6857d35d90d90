/// How many colours the terminal shows. Output brings what it is given down to this.
package enum ColorDepth: Int, Comparable, Sendable, CaseIterable {
    /// No colours; bold, faint, reverse and underlined stay.
    case none
    case sixteen
    case palette
    case trueColor

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }

    func reduce(_ style: Style) -> Style {
        if self == .trueColor { return style }
        var style = style
        style.foreground = reduce(style.foreground)
        style.background = reduce(style.background)
        return style
    }

    /// The nearest colour that a terminal of this depth has.
    package func reduce(_ color: Color) -> Color {
        switch (self, color) {
        case (.none, _): .standard
        case (_, .standard), (_, .ansi), (.trueColor, _), (.palette, .palette): color
        case (.palette, .rgb(let red, let green, let blue)): .palette(Palette.nearest(red, green, blue))
        case (.sixteen, .palette(let number)) where number < 16: .ansi(number)
        case (.sixteen, .palette(let number)): .ansi(Palette.nearestOfSixteen(Palette.components(number)))
        case (.sixteen, .rgb(let red, let green, let blue)): .ansi(Palette.nearestOfSixteen([red, green, blue]))
        }
    }
}
