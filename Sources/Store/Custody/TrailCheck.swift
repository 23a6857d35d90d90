import Addressing
import Custody
import GRDB

/// Goes along what is kept of a chain for ever: its first link and its milestones, each of which holds the digest of the one before.
///
/// It shows that what is there goes on from a link that was forgotten long ago, and that a chain once had to begin anew.
struct TrailCheck {
    private let table: CoveredTable
    private var previous: (number: Int64, digest: DigestValue?)?

    init(_ table: CoveredTable) { self.table = table }

    /// Adds what it finds, and returns the last milestone.
    mutating func run(_ database: Database, _ answer: inout CustodyAnswer) throws -> (number: Int64, digest: String)? {
        let name = table.rawValue
        let isThere = try database.tableExists("custody_trail")
        if isThere {
            let rows = try RowReader(
                database,
                """
                SELECT number, time, act, place, last, rows, leaves, previous, digest FROM custody_trail
                WHERE strand = '\(name)' ORDER BY number
                """
            )
            let newest = try Int64.fetchOne(
                database,
                sql: "SELECT max(number) FROM custody_trail WHERE strand = '\(name)'"
            )
            while try rows.next() { take(rows, newest ?? 0, &answer) }
        }
        try compare(database, isThere: isThere, &answer)
        guard let previous, let digest = previous.digest else { return nil }
        return (previous.number, "\(digest)")
    }

    private mutating func take(_ row: RowReader, _ newest: Int64, _ answer: inout CustodyAnswer) {
        let (number, time) = (row.number(0), Timestamp(nanoseconds: row.number(1)))
        let subject = CustodyFinding.Subject.links(number...number)
        let act = Link.Act(rawValue: row.number(2))
        var link = Link(table.rawValue, number, at: row.number(1), act ?? .written)
        (link.place, link.last, link.rows, link.leaves) = (row.number(3), row.number(4), row.bytes(5), row.bytes(6))
        let digest = DigestValue(row.bytes(8))
        let isWhole = act != nil && DigestValue(row.bytes(7)).map { link.digest(after: $0) } == digest
        if !isWhole {
            answer.add(CustodyFinding(.altered, table.rawValue, subject, at: time))
        } else if act == .broken {
            answer.add(CustodyFinding(.altered, table.rawValue, .before(link.place), at: time))
        } else if act == .begun, number != 1 {
            // Something was before it.
            answer.add(CustodyFinding(.altered, table.rawValue, subject, at: time))
        } else if act == .milestone, !follows(link, newest) {
            answer.add(CustodyFinding(.removed, table.rawValue, .links(link.place...link.place), at: time))
        }
        previous = (number, digest)
    }

    /// Whether the milestone that a milestone holds is the one before it, or was let go as there were too many.
    private func follows(_ link: Link, _ newest: Int64) -> Bool {
        if let previous { return link.place == previous.number && DigestValue(link.leaves) == previous.digest }
        let (distance, isOver) = newest.subtractingReportingOverflow(link.place)
        return link.place == 0 || !isOver && distance >= StrandWriter.trailLimit
    }

    /// Each first link and milestone that is in the chain still must be in the trail, and the same.
    private func compare(_ database: Database, isThere: Bool, _ answer: inout CustodyAnswer) throws {
        let acts = [Link.Act.milestone, .broken] + (isThere ? [.begun] : [])
        let trail =
            isThere ? "(SELECT digest FROM custody_trail t WHERE t.strand = l.strand AND t.number = l.number)" : "NULL"
        let links = try RowReader(
            database,
            """
            SELECT number, time FROM custody_links l WHERE strand = '\(table.rawValue)'
            AND act IN (\(acts.map { "\($0.rawValue)" }.joined(separator: ", "))) AND digest IS NOT \(trail) ORDER BY number
            """
        )
        while try links.next() {
            let (number, time) = (links.number(0), Timestamp(nanoseconds: links.number(1)))
            answer.add(CustodyFinding(.altered, table.rawValue, .links(number...number), at: time))
        }
        guard isThere else { return }
        try findLost(database, &answer)
        try findLooseCut(database, &answer)
    }

    /// What is in the trail is in the chain, too, from the chain's first link on: else its end was cut off, or all of it, or somebody put
    /// something into the trail.
    private func findLost(_ database: Database, _ answer: inout CustodyAnswer) throws {
        let rows = try RowReader(
            database,
            """
            SELECT t.number, t.time, l.number FROM custody_trail t
            LEFT JOIN custody_links l ON l.strand = t.strand AND l.number = t.number
            WHERE t.strand = '\(table.rawValue)' AND (l.number IS NULL OR l.digest IS NOT t.digest AND l.act IN (\(Self.passing)))
            AND t.number >= coalesce((SELECT min(number) FROM custody_links WHERE strand = '\(table.rawValue)'), t.number)
            ORDER BY t.number
            """
        )
        while try rows.next() {
            let (number, time) = (rows.number(0), Timestamp(nanoseconds: rows.number(1)))
            let kind = rows.isNull(2) ? CustodyFinding.Kind.removed : .altered
            answer.add(CustodyFinding(kind, table.rawValue, .links(number...number), at: time))
        }
    }

    /// What links do that no trail keeps.
    private static var passing: String {
        [Link.Act.written, .forgotten, .cut, .horizon].map { "\($0.rawValue)" }.joined(separator: ", ")
    }

    /// Behind the link that says what was cut off there is a milestone, which ties what is there to the trail.
    private func findLooseCut(_ database: Database, _ answer: inout CustodyAnswer) throws {
        let cuts = try RowReader(
            database,
            """
            SELECT number, time FROM custody_links l WHERE strand = '\(table.rawValue)' AND act = \(Link.Act.cut.rawValue)
            AND EXISTS (SELECT 1 FROM custody_trail t WHERE t.strand = l.strand AND t.number < l.number)
            AND NOT EXISTS (SELECT 1 FROM custody_links m WHERE m.strand = l.strand AND m.number = l.number + 1
            AND m.act = \(Link.Act.milestone.rawValue))
            """
        )
        while try cuts.next() {
            let (number, time) = (cuts.number(0), Timestamp(nanoseconds: cuts.number(1)))
            answer.add(CustodyFinding(.altered, table.rawValue, .links(number...number), at: time))
        }
    }
}
