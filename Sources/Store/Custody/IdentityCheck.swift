import GRDB

/// Looks whether what tells this database from others, beside the heads of the chains, is what their links say.
enum IdentityCheck {
    static func run(_ database: Database, _ known: String?, _ answer: inout CustodyAnswer) throws {
        guard let known else { return }
        let row = try RowReader(database, "SELECT digest, number, last FROM custody_heads WHERE strand = ''")
        let isThere = try row.next()
        let digits = row.bytes(0).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let isSame = isThere && digits == known && row.number(1) == 0 && row.number(2) == 0
        row.restart([])
        guard !isSame else { return }
        let kind: CustodyFinding.Kind = isThere ? .altered : .removed
        answer.add(CustodyFinding(kind, "header", .structure("what tells this database from others")))
    }
}
