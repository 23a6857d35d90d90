/// What a person unfolded and folded by hand; it stays until they change it.
package struct FoldChoices: Hashable, Sendable {
    /// The rung of all rows; nil is the one that fits.
    package var rung: Rung?
    /// Rows whose members are shown one rung finer.
    package private(set) var unfolded: Set<RowKey> = []
    /// Rows of a coarser rung that are shown instead of what they hold.
    package private(set) var folded: Set<RowKey> = []
    /// Rows that do not share one with their like.
    package private(set) var apart: Set<RowKey> = []

    /// Rows that can be chosen by hand at a time, each way; further ones are not.
    package static var limit: Int { 256 }

    package init() {}

    package var isEmpty: Bool { rung == nil && unfolded.isEmpty && folded.isEmpty && apart.isEmpty }

    /// Shows a row and those that share it each by itself.
    package mutating func part(_ row: FoldedRow) {
        guard apart.count + row.joined.count < Self.limit else { return }
        apart.formUnion([row.key] + row.joined)
    }

    /// Shows the members of a row one rung finer. A single end has nothing finer.
    package mutating func unfold(_ row: RowKey) {
        if folded.remove(row) != nil { return }
        guard row.rung != .end, unfolded.count < Self.limit else { return }
        unfolded.insert(row)
    }

    /// Shows the rows that hold this one instead of it, with all else that they hold; `Folder.parents` knows them.
    package mutating func fold(_ row: RowKey, into parents: [RowKey]) {
        if apart.contains(row) {
            apart = []
            return
        }
        folded.remove(row)
        for parent in parents where unfolded.remove(parent) == nil && folded.count < Self.limit {
            folded.insert(parent)
        }
    }

    /// Another rung for all rows: what was chosen row by row ends.
    package mutating func choose(_ rung: Rung?) {
        self = Self()
        self.rung = rung
    }
}
