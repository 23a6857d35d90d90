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
    private var identities: [Int64: Who] = [:]
    private var scopes: [Int64: Scope.Name] = [:]
    private var points: [Int64: ObservationPoint] = [:]
    private var tunnels: [Int64: Tunnel] = [:]

    /// Parts of each kind that are remembered.
    static var limit: Int { 16_384 }

    init(_ database: Database) throws {
        select = try RowReader(database, "SELECT value FROM parts WHERE id = ? AND kind = ?")
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
        if let part = known[number] { return part }
        select.restart([number, kind.rawValue])
        guard try select.next() else { throw StoreError.unreadable(table: "parts", row: number) }
        let bytes = select.bytes(0)
        guard let part = try? read(bytes) else { throw StoreError.unreadable(table: "parts", row: number) }
        if known.count >= Self.limit { known = [:] }
        known[number] = part
        return part
    }
}
