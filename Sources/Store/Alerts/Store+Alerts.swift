import Addressing
import GRDB
import Records

extension Store {
    /// A page of alerts from `place` on: at most `limit` of them, and fewer where many are looked at in vain. Each page is a
    /// transaction of its own, so that whoever reads slowly holds up nothing; what is written meanwhile may be in it.
    ///
    /// A row that cannot be read is an error that names it.
    package func alerts(
        _ query: AlertQuery,
        from place: AlertPlace? = nil,
        limit: Int = 512
    ) throws(StoreError) -> AlertPage {
        try read { database in
            var page = AlertPage()
            var place = place ?? AlertPlace(before: query)
            var looked = 0
            let rows = try RowReader(
                database,
                query.sql(try Self.whole(.alerts, database)),
                query.arguments(from: place)
            )
            while page.records.count < limit, looked < Self.alertLooks {
                guard try rows.next() else { return page }
                looked += 1
                place = AlertPlace(time: rows.number(1), row: rows.number(0))
                if let record = try Self.alert(rows, query.filter) { page.records.append(record) }
            }
            page.next = place
            return page
        }
    }

    /// The record of a row; nil when the filter does not want it.
    private static func alert(_ row: RowReader, _ filter: AlertFilter) throws -> AlertRecord? {
        // What is cheap to see is asked first.
        let severity = Int(clamping: row.number(2))
        guard filter.holds(severity: severity, rule: row.text(3) ?? "") else { return nil }
        let line = row.bytes(4)
        guard let record = try? AlertRecord(reading: line.span) else {
            throw StoreError.unreadable(table: "alerts", row: row.number(0))
        }
        return filter.ends.isEmpty || filter.holds(of: record) ? record : nil
    }

    /// Rows that are looked at for one page.
    private static var alertLooks: Int { 65_536 }
}

extension AlertPlace {
    /// Before the first.
    fileprivate init(before query: AlertQuery) {
        time = query.isNewestFirst ? .max : .min
        row = time
    }
}

extension AlertQuery {
    fileprivate func sql(_ table: String) -> String {
        let (sign, order) = isNewestFirst ? ("<", "DESC") : (">", "ASC")
        return """
            SELECT id, time, severity, rule, record FROM \(table)
            WHERE time >= ?1 AND time <= ?2 AND (time, id) \(sign) (?3, ?4)
            ORDER BY time \(order), id \(order)
            """
    }

    fileprivate func arguments(from place: AlertPlace) -> [Int64] {
        [since?.nanoseconds ?? .min, until?.nanoseconds ?? .max, place.time, place.row]
    }
}
