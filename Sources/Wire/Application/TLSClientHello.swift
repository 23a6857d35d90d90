/// What a client says first in TLS: whom it wants, what it would speak there, and how new it is.
///
/// RFC 8446, section 4.1.2. With Encrypted Client Hello the name is that of the provider in front (RFC 9849).
public struct TLSClientHello: Hashable, Sendable {
    /// The newest version it offers.
    public let version: TLSVersion

    /// The host it asks for; a byte that no host name has reads `?`. `nil` when absent, or cut by the capture.
    public let serverName: String?

    /// The application protocols it offers, in its order: at most eight.
    public let applicationProtocols: [String]

    /// Whether the real name may be inside an encrypted hello. Browsers also send this extension as GREASE.
    public let hasEncryptedHello: Bool

    /// Reads the bytes of a TCP payload, from the record header on.
    ///
    /// What lies past the end of the bytes is taken for absent: a capture may cut it and a hello may span segments.
    public init(_ bytes: RawSpan) throws(WireError) {
        let handshake = try TLSHandshake(bytes, expecting: .clientHello)
        var cursor = ByteCursor(handshake.body, layer: .tls)
        let legacy = TLSVersion(rawValue: try cursor.integer(UInt16.self))
        // The random, then the session id.
        try cursor.skip(32)
        try cursor.skip(Int(try cursor.integer(UInt8.self)))
        var serverName: String?
        var applicationProtocols: [String] = []
        var newest: TLSVersion?
        var hasEncryptedHello = false
        do throws(WireError) {
            // The cipher suites, then the compression methods.
            try cursor.skip(Int(try cursor.integer(UInt16.self)))
            try cursor.skip(Int(try cursor.integer(UInt8.self)))
            TLSExtensions(cursor).forEach { type, data in
                switch type {
                case 0: serverName = serverName ?? TLSExtensions.serverName(data)
                case 16: applicationProtocols = TLSExtensions.applicationProtocols(data)
                case 43: newest = TLSExtensions.newestVersion(data)
                case 0xfe0d: hasEncryptedHello = true
                default: break
                }
            }
        } catch {
            // Cut before the extensions: the version is still worth having.
        }
        self.version = newest ?? legacy
        self.serverName = serverName
        self.applicationProtocols = applicationProtocols
        self.hasEncryptedHello = hasEncryptedHello
    }
}
