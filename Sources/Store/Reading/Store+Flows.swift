import Addressing
import Flows
import GRDB
import Records

extension Store {
    /// A page of flows from `place` on: at most `limit` of them, and fewer where many are looked at in vain. Each page is a
    /// transaction of its own, so that whoever reads slowly holds up nothing; what is written meanwhile may be in it.
    package func flows(
        _ query: FlowQuery,
        from place: FlowPlace? = nil,
        limit: Int = 512
    ) throws(StoreError) -> FlowPage {
        try read { database in
            var page = FlowPage(records: [], next: nil)
            let reader = FlowReader(try PartReader(database), filter: query.filter)
            var place = place ?? FlowPlace(first: query.hasEnded ? .flows : .open, of: query)
            var looked = 0
            while true {
                let rows = try RowReader(database, try place.sql(query, database), place.arguments(query))
                while try rows.next() {
                    place.last = rows.number(1)
                    place.row = rows.number(0)
                    if let record = try reader.record(rows, in: place.table) { page.records.append(record) }
                    looked += 1
                    if page.records.count >= limit || looked >= Self.looks {
                        page.next = place
                        return page
                    }
                }
                guard place.table == .flows, query.hasOpen else { return page }
                place = FlowPlace(first: .open, of: query)
            }
        }
    }

    /// Rows that are looked at for one page.
    private static var looks: Int { 65_536 }
}

extension FlowPlace {
    /// Before the first row of a table.
    fileprivate init(first table: FlowTableName, of query: FlowQuery) {
        self.table = table
        last = query.isNewestFirst ? .max : .min
        row = query.isNewestFirst ? .max : .min
    }

    fileprivate func sql(_ query: FlowQuery, _ database: Database) throws -> String {
        let (sign, order) = query.isNewestFirst ? ("<", "DESC") : (">", "ASC")
        return """
            SELECT id, \(FlowWriter.columns) FROM \(try table == .flows ? Store.whole(.flows, database) : table.rawValue)
            WHERE last >= ?1 AND first <= ?2 AND (last, id) \(sign) (?3, ?4)
            ORDER BY last \(order), id \(order)
            """
    }

    fileprivate func arguments(_ query: FlowQuery) -> [Int64] {
        [query.since?.nanoseconds ?? .min, query.until?.nanoseconds ?? .max, last, row]
    }
}
