/// What the first payloads of a flow said in the clear, in the words of its application protocol.
///
/// Every text is bounded and holds printable ASCII only. Client's and server's are read apart and merged.
public struct ApplicationDetails: Hashable, Sendable {
    /// The longest name in characters. Names of real hosts fit; those made of escapes are cut.
    @inlinable public static var nameLimit: Int { 255 }

    public var dnsQuestionName: String?
    public var dnsQuestionType: DNSRecordType?
    /// Of the response.
    public var dnsResponseCode: DNSResponseCode?

    /// The host a TLS client asked for.
    public var serverName: String?
    /// What a TLS client offered to speak, in its order: at most eight of at most 32 characters.
    public var alpn: [String] = []
    /// What a TLS server chose of it; encrypted from TLS 1.3 on.
    public var alpnSelected: String?
    /// The newest a TLS client offered.
    public var tlsOfferedVersion: TLSVersion?
    /// What the TLS server chose.
    public var tlsVersion: TLSVersion?
    /// What the TLS server chose, by its number in IANA's registry.
    public var tlsCipherSuite: UInt16?

    public var httpMethod: String?
    public var httpHost: String?
    /// The request target as sent: a path and query, mostly.
    public var httpPath: String?
    public var httpStatus: UInt16?

    /// The whole identification line, `SSH-2.0-` included.
    public var sshClient: String?
    public var sshServer: String?

    /// Of the first long header that was neither GREASE nor a version negotiation.
    public var quicVersion: QUICVersion?

    public init() {}

    /// Whether nothing was said.
    public var isEmpty: Bool { self == Self() }

    /// Takes from `other` what is missing here; what was there first stays.
    public mutating func merge(_ other: Self) {
        dnsQuestionName = dnsQuestionName ?? other.dnsQuestionName
        dnsQuestionType = dnsQuestionType ?? other.dnsQuestionType
        dnsResponseCode = dnsResponseCode ?? other.dnsResponseCode
        serverName = serverName ?? other.serverName
        if alpn.isEmpty { alpn = other.alpn }
        alpnSelected = alpnSelected ?? other.alpnSelected
        tlsOfferedVersion = tlsOfferedVersion ?? other.tlsOfferedVersion
        tlsVersion = tlsVersion ?? other.tlsVersion
        tlsCipherSuite = tlsCipherSuite ?? other.tlsCipherSuite
        httpMethod = httpMethod ?? other.httpMethod
        httpHost = httpHost ?? other.httpHost
        httpPath = httpPath ?? other.httpPath
        httpStatus = httpStatus ?? other.httpStatus
        sshClient = sshClient ?? other.sshClient
        sshServer = sshServer ?? other.sshServer
        quicVersion = quicVersion ?? other.quicVersion
    }
}
