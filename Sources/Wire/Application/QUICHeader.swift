/// The long header that opens a QUIC connection.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |1|X X X X X X X|                    Version                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |    ...Version | DCID length   | DCID ... SCID length, SCID ...
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 8999, section 5.1: this much holds in every version. Short headers say nothing that could be read.
public struct QUICHeader: Hashable, Sendable {
    /// What the packet is for; known for the versions whose bits are.
    public enum Kind: UInt8, Hashable, Sendable {
        case initial, zeroRTT, handshake, retry
        /// A server lists what it speaks instead: version zero (RFC 8999, section 6).
        case versionNegotiation
        /// Of a version whose packet types we do not know.
        case other
    }

    public let kind: Kind
    public let version: QUICVersion

    /// In octets; at most 20 in versions 1 and 2, up to 255 in others.
    public let destinationConnectionIDLength: UInt8
    public let sourceConnectionIDLength: UInt8

    /// Reads the first packet of a UDP payload.
    public init(_ bytes: RawSpan) throws(WireError) {
        var cursor = ByteCursor(bytes, layer: .quic)
        let first = try cursor.integer(UInt8.self)
        guard first & 0x80 != 0 else { throw .malformed(.quic) }
        version = QUICVersion(rawValue: try cursor.integer(UInt32.self))
        destinationConnectionIDLength = try cursor.integer(UInt8.self)
        try cursor.skip(Int(destinationConnectionIDLength))
        sourceConnectionIDLength = try cursor.integer(UInt8.self)
        try cursor.skip(Int(sourceConnectionIDLength))
        kind = Self.kind(first: first, version: version)
        // RFC 9000, section 17.2. Negotiation must survive longer ones, so only these versions are held to it.
        if kind != .versionNegotiation, kind != .other {
            guard destinationConnectionIDLength <= 20, sourceConnectionIDLength <= 20 else { throw .malformed(.quic) }
        }
    }

    private static func kind(first: UInt8, version: QUICVersion) -> Kind {
        if version.rawValue == 0 { return .versionNegotiation }
        let bits = first >> 4 & 3
        switch version {
        // Version 2 counts its types from one on (RFC 9369, section 3.2).
        case .v2: return Kind(rawValue: (bits &+ 3) & 3) ?? .other
        case .v1: return Kind(rawValue: bits) ?? .other
        case _ where version.isDraft: return Kind(rawValue: bits) ?? .other
        default: return .other
        }
    }
}
