/// The first handshake message of a TLS record, as far as the bytes go.
///
/// The record header, five octets, then the message's type and 24-bit length (RFC 8446, sections 5.1 and 4). A message
/// may go on in later records and segments; only its beginning, in this record and these bytes, is read.
struct TLSHandshake: ~Escapable {
    enum Kind: UInt8 {
        case clientHello = 1
        case serverHello = 2
    }

    let body: RawSpan

    /// Refuses what is not the message of this kind.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, expecting kind: Kind) throws(WireError) {
        var cursor = ByteCursor(bytes, layer: .tls)
        guard try cursor.integer(UInt8.self) == 22, try cursor.integer(UInt8.self) == 3 else { throw .malformed(.tls) }
        try cursor.skip(1)
        let recordLength = Int(try cursor.integer(UInt16.self))
        var record = ByteCursor(cursor.takeAvailable(recordLength), layer: .tls)
        let header = try record.integer(UInt32.self)
        guard header >> 24 == kind.rawValue else { throw .malformed(.tls) }
        body = record.takeAvailable(Int(header & 0xff_ffff))
    }
}
