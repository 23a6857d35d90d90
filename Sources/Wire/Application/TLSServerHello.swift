/// What a server chose in TLS, in answer to a ``TLSClientHello``.
///
/// RFC 8446, section 4.1.3. In TLS 1.3 the application protocol is encrypted and only 1.2 and older show it.
public struct TLSServerHello: Hashable, Sendable {
    /// The version both will speak.
    public let version: TLSVersion

    /// The cipher suite, by its number in IANA's registry.
    public let cipherSuite: UInt16

    public let applicationProtocol: String?

    /// Reads the bytes of a TCP payload, from the record header on. Extensions past the end are taken for absent.
    public init(_ bytes: RawSpan) throws(WireError) {
        let handshake = try TLSHandshake(bytes, expecting: .serverHello)
        var cursor = ByteCursor(handshake.body, layer: .tls)
        let legacy = TLSVersion(rawValue: try cursor.integer(UInt16.self))
        try cursor.skip(32)
        try cursor.skip(Int(try cursor.integer(UInt8.self)))
        cipherSuite = try cursor.integer(UInt16.self)
        try cursor.skip(1)
        var selected: TLSVersion?
        var applicationProtocol: String?
        TLSExtensions(cursor).forEach { type, data in
            switch type {
            case 16: applicationProtocol = TLSExtensions.applicationProtocols(data).first
            case 43 where data.byteCount == 2: selected = TLSVersion(rawValue: data.bigEndian(UInt16.self, at: 0))
            default: break
            }
        }
        self.version = selected ?? legacy
        self.applicationProtocol = applicationProtocol
    }
}
