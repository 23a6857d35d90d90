/// A place in a text file. Both numbers begin with 1; columns count characters as Unicode numbers them.
package struct ConfigurationPlace: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
