/// A place in a text file. Both numbers begin with 1; columns count characters as Unicode numbers them.
package struct TextPlace: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

extension TextPlace: Comparable {
    /// As they come in the text.
    package static func < (left: Self, right: Self) -> Bool {
        left.line != right.line ? left.line < right.line : left.column < right.column
    }
}
