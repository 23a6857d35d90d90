/// What a terminal can show of lines.
package enum LineGlyphs: Hashable, Sendable, CaseIterable {
    case unicode
    /// ASCII has no crosses in four weights: weight shows in straight pieces, shape in the others.
    case ascii
    /// What the Linux console has: light and double lines, no heavy ones.
    case console

    /// One column wide; a space where there is nothing.
    package func glyph(_ cell: InkCell) -> Character {
        switch cell.head {
        case .right: return self == .ascii ? ">" : "►"
        case .left: return self == .ascii ? "<" : "◄"
        case .dropped: return "#"
        case .none: break
        }
        let arms =
            (cell.has(.up) ? 1 : 0) | (cell.has(.down) ? 2 : 0) | (cell.has(.left) ? 4 : 0) | (cell.has(.right) ? 8 : 0)
        return Self.tables[row(cell.strength)][arms]
    }

    private func row(_ strength: LineClass) -> Int {
        switch (self, strength) {
        case (.unicode, .gone): 1
        case (.unicode, .busy): 2
        case (_, .crossing) where self != .ascii: 3
        case (.unicode, _): 0
        case (.console, .gone): 4
        case (.console, _): 0
        case (.ascii, .gone): 6
        case (.ascii, .busy): 7
        case (.ascii, .crossing): 8
        case (.ascii, _): 5
        }
    }

    /// By arms: 1 up, 2 down, 4 left, 8 right. A lone arm is drawn as the line it belongs to.
    private static let tables: [[Character]] = [
        Array(" │││─┘┐┤─└┌├─┴┬┼"),
        Array(" ┆┆┆┄┘┐┤┄└┌├┄┴┬┼"),
        Array(" ┃┃┃━┛┓┫━┗┏┣━┻┳╋"),
        Array(" ║║║═╝╗╣═╚╔╠═╩╦╬"),
        Array(" :::·┘┐┤·└┌├·┴┬┼"),
        Array(" |||-'.{-`,}-^;+"),
        Array(" :::~'.{~`,}~^;+"),
        Array(" HHH='.{=`,}=^;+"),
        Array(" XXXx'.{x`,}x^;+"),
    ]
}
