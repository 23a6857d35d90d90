import Custody
import GRDB
import GRDBSQLite

extension RowReader {
    /// What is kept in the chain of a row whose columns are those of a table, whose name is in `row` already.
    func leaf(in row: inout RowBytes) -> Leaf {
        row.begin()
        for column in 0..<width { add(column, to: &row) }
        return row.leaf
    }
}
