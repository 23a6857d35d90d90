/// How many columns text takes on a terminal, by the East Asian width of its scalars. Unicode Standard Annex 11.
package struct DisplayWidth: Sendable {
    /// Whether what Unicode calls ambiguous, such as box drawing, takes two columns, as some terminals are set up.
    package let isAmbiguousWide: Bool

    package init(isAmbiguousWide: Bool = false) {
        self.isAmbiguousWide = isAmbiguousWide
    }

    /// 0 for marks, 1, or 2. What is never shown counts as what stands for it.
    package func of(_ scalar: Unicode.Scalar) -> Int {
        switch ScalarClass(scalar) {
        case .narrow: 1
        case .wide: 2
        case .mark: 0
        case .ambiguous, .refused: isAmbiguousWide ? 2 : 1
        }
    }

    /// The columns `CellGrid.put` needs for the text, replacements included.
    package func of(_ text: String) -> Int {
        var scanner = ClusterScanner(text, widths: self)
        var columns = 0
        while let (_, width) = scanner.next() { columns += width }
        return columns
    }

    package func of(_ character: Character) -> Int { of(String(character)) }
}
