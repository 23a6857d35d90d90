import Addressing
import Containers
import Flows
import GRDB
import Records

/// Stores what many flows have in common once, and gives its number.
///
/// A part is written anew when it was not used for `lifetime` or when there are more than `limit`: so that those which only
/// flows refer to that are forgotten can be forgotten, too. After a transaction that failed, `forget` must be called.
final class PartWriter {
    private var byObject: [ObjectIdentifier: (kept: SharedIdentity, number: Int64)] = [:]
    private var identities: [IdentityPart: Int64] = [:]
    private var scopes: [Scope.Name: Int64] = [:]
    private var points: [ObservationPoint: Int64] = [:]
    private var tunnels: [Tunnel: Int64] = [:]
    private let insert: RowWriter
    private let database: Database
    private var now = Timestamp(nanoseconds: .min)
    private var began = Timestamp(nanoseconds: .min)

    private struct IdentityPart: Hashable {
        var identity: Identity
        var hostName: String?
    }

    /// Parts of each kind that are remembered; of ends that are the very same object, fewer.
    static var limit: Int { 16_384 }
    static var objectLimit: Int { 1024 }
    /// How long numbers are given again, in nanoseconds: six hours.
    static var lifetime: Int64 { 6 * 3600 * 1_000_000_000 }

    init(_ database: Database, covering strand: StrandWriter) throws {
        self.database = database
        insert = try RowWriter(
            database,
            "INSERT INTO parts (id, kind, since, value) VALUES (?, ?, ?, ?)",
            covering: strand
        )
    }

    /// Says when what is written from here on is written; inside the transaction that it is written in.
    func begin(at time: Timestamp) throws {
        let age = time.nanoseconds.subtractingReportingOverflow(began.nanoseconds)
        if age.overflow || !(0..<Self.lifetime ~= age.partialValue) {
            try Mark.set(database)
            forget()
            began = time
        }
        now = time
    }

    /// Numbers given so far are not given again.
    func forget() {
        began = Timestamp(nanoseconds: .min)
        byObject = [:]
        identities = [:]
        scopes = [:]
        points = [:]
        tunnels = [:]
    }

    func number(of identity: SharedIdentity, hostName: String?) throws -> Int64 {
        if let known = byObject[ObjectIdentifier(identity)] { return known.number }
        let key = IdentityPart(identity: identity.identity, hostName: hostName)
        let number: Int64
        if let known = identities[key] {
            // Not put there again: all of an identity is looked at for that.
            number = known
        } else {
            number = try write(.identity, IdentityText.text(of: identity.identity, hostName: hostName))
            if identities.count >= Self.limit { identities = [:] }
            identities[key] = number
        }
        if byObject.count >= Self.objectLimit { byObject = [:] }
        byObject[ObjectIdentifier(identity)] = (identity, number)
        return number
    }

    func number(of scope: Scope.Name) throws -> Int64 {
        try number(of: scope, .scope, in: &scopes, PartCoding.bytes(of:))
    }

    func number(of point: ObservationPoint) throws -> Int64 {
        try number(of: point, .point, in: &points, PartCoding.bytes(of:))
    }

    func number(of tunnel: Tunnel) throws -> Int64 {
        try number(of: tunnel, .tunnel, in: &tunnels, PartCoding.bytes(of:))
    }

    private func number<Part: Hashable>(
        of part: Part,
        _ kind: PartKind,
        in known: inout [Part: Int64],
        _ bytes: (Part) -> [UInt8]
    ) throws -> Int64 {
        if let number = known[part] { return number }
        let number = try write(kind, bytes(part))
        if known.count >= Self.limit { known = [:] }
        known[part] = number
        return number
    }

    private func write(_ kind: PartKind, _ value: [UInt8]) throws -> Int64 {
        try insert.bindNumber()
        insert.bind(kind.rawValue)
        insert.bind(now.nanoseconds)
        insert.bind(value.span)
        try insert.step()
        return database.lastInsertedRowID
    }
}
