import Graph
import Terminal

/// A row as it is written: `R!pg-orders×3`. Two columns come before the name, and are never cut.
struct RowText {
    let sign: EndSign
    /// Whether the chosen hub has to do with it: told where nothing else is.
    let isTouched: Bool
    let name: String
    /// `×3`, and `↻` where those talk to each other.
    let suffix: String
    private let glyphs: GlyphSet
    /// Whether its name is an address: those of one network begin alike.
    private let isAddress: Bool

    /// Whether another row has the same address, in another network.
    private let sharesAddress: Bool

    init(_ row: FoldedRow, glyphs: GlyphSet, isTouched: Bool = false, sharesAddress: Bool = false) {
        let isPlain = glyphs != .unicode
        sign = EndSign(level: row.level, isOutside: row.isOutside, mark: row.mark)
        self.isTouched = isTouched && row.mark == nil
        self.glyphs = glyphs
        name = row.name
        self.sharesAddress = sharesAddress
        isAddress =
            row.members.count == row.joined.count + 1
            && row.members.contains { $0.kind == .address && $0.name == row.name }
        let count =
            !row.joined.isEmpty
            ? " +\(row.joined.count)" : row.members.count > 1 ? (isPlain ? "x" : "×") + "\(row.members.count)" : ""
        suffix = count + (row.talksToItself ? (isPlain ? " @" : " ↻") : "")
    }

    /// Both columns before the name.
    private var pieces: [(String, Role)] {
        var pieces = sign.pieces(glyphs)
        if isTouched { pieces[1] = (glyphs == .ascii ? ">" : "»", .plain) }
        return pieces
    }

    /// Without the number.
    var short: String { pieces.map(\.0).joined() + name }

    /// All of it, uncut.
    var text: String { short + suffix }

    /// Writes it into at most `width` columns: the number goes before the name is cut.
    func put(on grid: inout CellGrid, in area: ScreenArea, row: Int, column: Int, width: Int, isGrey: Bool = false) {
        guard width > 2 else { return }
        let names = DisplayWidth()
        let role = isGrey ? Role.quiet : sign.role
        area.put([(pieces[0].0, role), pieces[1]], on: &grid, row: row, column: column)
        let whole = names.of(name) + names.of(suffix)
        let isWhole = whole <= width - 2
        let shown = names.of(name) <= width - 2 ? name : shortened(to: width - 2)
        let taken = area.put(shown, on: &grid, row: row, column: column + 2, role, limit: width - 2)
        if isWhole, !suffix.isEmpty { area.put(suffix, on: &grid, row: row, column: column + 2 + taken, .quiet) }
    }

    /// An address without its network, if no other row has it; else its end, which tells it from its neighbours. Other names are
    /// cut where they are written.
    private func shortened(to width: Int) -> String {
        guard isAddress, name.utf8.allSatisfy({ 0x20..<0x7f ~= $0 }) else { return name }
        let address = sharesAddress ? name[...] : Self.address(of: name)
        if address.utf8.count <= width { return String(address) }
        return String(glyphs.ellipsis) + address.suffix(max(width - 1, 0))
    }

    /// `10.0.0.2` of `10.0.0.2@vni 42`.
    static func address(of name: String) -> Substring { name.prefix { $0 != "@" } }
}
