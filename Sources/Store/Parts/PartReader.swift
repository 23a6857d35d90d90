import Containers
import Flows
import GRDB
import Records

/// Reads parts by their numbers, and remembers some.
final class PartReader {
    struct Who {
        var shared: SharedIdentity
        var hostName: String?
    }

    private let select: RowReader
    /// Where those of cases are looked for; nil where there are none.
    private let kept: RowReader?
    /// Whether it is noted which were asked for.
    private let isNoting: Bool
    /// Numbers of those that were.
    var used: Set<Int64> = []
    private var identities: [Int64: Who] = [:]
    private var scopes: [Int64: Scope.Name] = [:]
    private var points: [Int64: ObservationPoint] = [:]
    private var tunnels: [Int64: Tunnel] = [:]

    /// Parts of each kind that are remembered.
    static var limit: Int { 16_384 }

    init(_ database: Database, isNoting: Bool = false) throws {
        self.isNoting = isNoting
        select = try RowReader(database, "SELECT value FROM parts WHERE id = ? AND kind = ?")
        // An older version's file, which is only read, has none.
        kept =
            try database.tableExists("case_parts")
            ? RowReader(database, "SELECT value FROM case_parts WHERE part = ? AND kind = ? LIMIT 1") : nil
    }

    func who(_ number: Int64) throws -> Who {
        try part(number, .identity, in: &identities) { bytes in
            let (identity, hostName) = try IdentityText.read(bytes.span)
            return Who(shared: SharedIdentity(identity), hostName: hostName)
        }
    }

    func scope(_ number: Int64) throws -> Scope.Name { try part(number, .scope, in: &scopes, PartCoding.scope) }

    func point(_ number: Int64) throws -> ObservationPoint { try part(number, .point, in: &points, PartCoding.point) }

    func tunnel(_ number: Int64) throws -> Tunnel { try part(number, .tunnel, in: &tunnels, PartCoding.tunnel) }

    private func part<Part>(
        _ number: Int64,
        _ kind: PartKind,
        in known: inout [Int64: Part],
        _ read: ([UInt8]) throws -> Part
    ) throws -> Part {
        if isNoting { used.insert(number) }
        if let part = known[number] { return part }
        guard let bytes = try bytes(of: number, kind) else { throw StoreError.unreadable(table: "parts", row: number) }
        guard let part = try? read(bytes) else { throw StoreError.unreadable(table: "parts", row: number) }
        if known.count >= Self.limit { known = [:] }
        known[number] = part
        return part
    }

    private func bytes(of number: Int64, _ kind: PartKind) throws -> [UInt8]? {
        for rows in [select, kept].compactMap(\.self) {
            rows.restart([number, kind.rawValue])
            if try rows.next() {
                defer { rows.restart([]) }
                return rows.bytes(0)
            }
        }
        return nil
    }
}
