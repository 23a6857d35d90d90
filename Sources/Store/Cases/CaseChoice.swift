import Addressing
import Containers
import GRDB
import Records

/// Which cases want a row: those of whose container it tells, in the time that they are about; of the journal, and of what is
/// missing, all.
final class CaseChoice {
    private let parts: PartReader
    private let flows: FlowReader
    /// The oldest first.
    private let cases: [Wanted]
    /// Whose part is which, by its number; nil of one whose container has no case.
    private var owners: [Int64: String?] = [:]

    /// What a case wants.
    fileprivate struct Wanted {
        var number: UInt64
        var container: String
        /// Nanoseconds.
        var span: ClosedRange<Int64>
        /// The first entry of the journal.
        var journal: Int64
    }

    init(_ database: Database, _ book: CaseBook) throws {
        parts = try PartReader(database, isNoting: true)
        flows = FlowReader(parts, filter: FlowFilter())
        cases = book.live.values.sorted { $0.number < $1.number }.map { record in
            Wanted(
                number: record.number,
                container: record.container.key.identifier,
                span: record.from.nanoseconds...max(record.from.nanoseconds, record.until),
                journal: book.journal(of: record.number)
            )
        }
    }

    /// Parts that a flow uses, as far as it can be read.
    func parts(of row: RowReader) -> Set<Int64> {
        parts.used = []
        _ = try? flows.record(row, in: .flows)
        return parts.used
    }

    /// Numbers of the cases that want a row of a kind's table, the oldest first.
    func cases(for row: RowReader, of kind: KeptKind) -> [UInt64] {
        switch kind {
        case .flows:
            let ends = [15, 16].compactMap { row.optional($0) }.compactMap(owner)
            guard !ends.isEmpty else { return [] }
            return numbers { ends.contains($0.container) && row.number(1) >= $0.lower && row.number(2) <= $0.upper }
        case .journal: return numbers { row.number(0) >= $0.journal && row.number(1) <= $0.upper }
        case .gaps:
            return numbers { row.number(1) >= $0.lower && (row.optional(2) ?? row.number(1)) <= $0.upper }
        case .alerts:
            // It may be found later than the container's end: then what it was found from tells.
            let timely = cases.filter { row.number(1) >= $0.lower }
            guard !timely.isEmpty else { return [] }
            let line = row.bytes(4)
            guard let alert = try? AlertRecord(reading: line.span) else { return [] }
            let ends = [alert.source.container, alert.destination?.container].compactMap { $0?.key.identifier }
            let first = min(alert.first, alert.time).nanoseconds
            return timely.filter { ends.contains($0.container) && first <= $0.upper }.map(\.number)
        case .blocks:
            let timely = cases.filter { row.number(1) <= $0.upper && row.optional(3) ?? .max >= $0.lower }
            guard !timely.isEmpty else { return [] }
            let line = row.bytes(4)
            guard let block = try? BlockRecord(reading: line.span) else { return [] }
            return timely.filter { block.isOf($0.container) }.map(\.number)
        }
    }

    private func numbers(_ isWanted: (Wanted) -> Bool) -> [UInt64] { cases.filter(isWanted).map(\.number) }

    /// The container of an identity, where it has a case.
    private func owner(_ part: Int64) -> String? {
        if let known = owners[part] { return known }
        let container = try? parts.who(part).shared.identity.container?.key.identifier
        let owner = container.flatMap { identifier in cases.contains { $0.container == identifier } ? identifier : nil }
        if owners.count >= PartReader.limit { owners = [:] }
        owners[part] = .some(owner)
        return owner
    }
}

extension CaseChoice.Wanted {
    fileprivate var lower: Int64 { span.lowerBound }
    fileprivate var upper: Int64 { span.upperBound }
}

extension CaseRecord {
    /// Nanoseconds up to which what there is belongs to it.
    fileprivate var until: Int64 { ended?.after(CaseBook.tail).nanoseconds ?? .max }
}
