import Custody
import GRDB
import GRDBSQLite

extension RowReader {
    /// What is kept in the chain of a row whose columns are those of a table.
    func leaf(of table: CoveredTable) -> Leaf {
        var row = RowBytes()
        return leaf(of: table, in: &row)
    }

    /// The same with room for its bytes.
    func leaf(of table: CoveredTable, in row: inout RowBytes) -> Leaf {
        row.begin(table.rawValue)
        for column in 0..<width { add(column, to: &row) }
        return row.leaf
    }
}
