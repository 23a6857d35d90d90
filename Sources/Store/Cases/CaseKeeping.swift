import Addressing
import GRDB
import Records

/// Takes rows whose time is over to where cases keep them, and lets go of those whose case was let go.
///
/// What is kept leaves its table as all else does: how old or how large that is, and where its chain begins, goes by what is left
/// there.
final class CaseKeeping {
    private let database: Database
    private let chain: ChainWriter
    private let book: CaseBook
    private let choice: CaseChoice
    private let time: Timestamp
    private let rows: CaseRows
    private let parts: CaseParts

    /// Rows that are taken, or let go of, in one step: some milliseconds.
    static var step: Int { 1024 }

    init(_ database: Database, _ chain: ChainWriter, _ book: CaseBook, at time: Timestamp) throws {
        self.database = database
        self.chain = chain
        self.book = book
        self.time = time
        choice = try CaseChoice(database, book)
        rows = CaseRows(database, chain)
        parts = try CaseParts(database, chain)
    }

    /// Takes what cases want of the rows that are to be forgotten; `condition` says which, in their order, and `limit` how many.
    /// Returns how many of the first may go now, and whether that is because there is more to take than is taken at a time.
    func keep(_ kind: KeptKind, _ condition: String, limit: Int) throws -> (rows: Int, isCut: Bool) {
        guard !book.live.isEmpty else { return (limit, false) }
        var taken: [(row: Int64, number: UInt64, parts: Set<Int64>)] = []
        var looked = 0
        let names = kind.table.columns
        let columns = names.joined(separator: ", ")
        let length = Int32(names.count)
        let old = try RowReader(
            database,
            "SELECT \(columns), \(kind.length) FROM \(kind.table.rawValue) \(condition) LIMIT \(limit)"
        )
        defer { old.restart([]) }
        while taken.count < Self.step, try old.next() {
            looked += 1
            let wanting = choice.cases(for: old, of: kind)
            guard !wanting.isEmpty else { continue }
            let bytes = old.count(length)
            guard let number = book.keep(bytes, of: kind, for: wanting, at: time) else { continue }
            taken.append((old.number(0), number, kind == .flows ? choice.parts(of: old) : []))
        }
        for one in taken {
            try rows.take(one.row, of: kind, for: one.number)
            for part in one.parts.sorted() {
                book.note(try parts.take(part, for: one.number), of: one.number)
            }
        }
        try chain[kind.kept].cover(taken.map(\.row).sorted())
        return (looked, taken.count >= Self.step)
    }

    /// Lets go of some rows of cases that were let go, but of those that another one wants. Returns how many went.
    func letGo() throws -> Int {
        var gone = 0
        for number in book.leaving.keys.sorted() where gone < Self.step {
            let before = gone
            for kind in KeptKind.allCases where gone < Self.step {
                gone += try letGo(kind, of: number, limit: Self.step - gone)
            }
            if gone < Self.step { gone += try parts.letGo(of: number, limit: Self.step - gone) }
            if gone == before { book.emptied(number) }
        }
        return gone
    }

    private func letGo(_ kind: KeptKind, of number: UInt64, limit: Int) throws -> Int {
        var (going, staying): ([Int64], [(row: Int64, number: UInt64, parts: Set<Int64>)]) = ([], [])
        let names = kind.table.columns
        let columns = names.joined(separator: ", ")
        let length = Int32(names.count)
        let kept = try RowReader(
            database,
            "SELECT \(columns), \(kind.length) FROM \(kind.kept.rawValue) WHERE case_id = ?1 LIMIT \(limit)",
            [Int64(clamping: number)]
        )
        while try kept.next() {
            let bytes = kept.count(length)
            book.left(number, bytes: bytes, of: kind)
            let wanting = book.live.isEmpty ? [] : choice.cases(for: kept, of: kind)
            if !wanting.isEmpty, let next = book.keep(bytes, of: kind, for: wanting, at: time) {
                staying.append((kept.number(0), next, kind == .flows ? choice.parts(of: kept) : []))
            } else {
                going.append(kept.number(0))
            }
        }
        for one in staying {
            try rows.give(one.row, of: kind, to: one.number)
            for part in one.parts.sorted() { book.note(try parts.take(part, for: one.number), of: one.number) }
        }
        try chain[kind.kept].cover(staying.map(\.row).sorted())
        try rows.remove(going, of: kind)
        return going.count + staying.count
    }
}
