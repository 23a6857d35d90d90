extension ApplicationDetails {
    /// Reads what a payload says in the clear. Once or twice a flow: this allocates.
    ///
    /// - Parameters:
    ///   - payload: what the transport carries, perhaps cut short by the capture.
    ///   - protocol: what ``ApplicationProtocol/recognise(_:isTCP:sourcePort:destinationPort:)`` said of the flow.
    ///   - isTCP: whether messages carry their length in front, as those of DNS do over TCP.
    ///   - isFromServer: who sent it. Only SSH needs it: both sides speak alike there.
    /// - Returns: what could be read; empty when nothing could, which is no error: later payloads may say more.
    public static func details(
        of payload: RawSpan,
        as protocol: ApplicationProtocol,
        isTCP: Bool,
        isFromServer: Bool
    ) -> Self {
        var details = Self()
        switch `protocol` {
        case .dns, .mdns, .llmnr: details.readDNS(payload, isTCP: isTCP)
        case .tls: details.readTLS(payload)
        case .http: details.readHTTP(payload)
        case .ssh: details.readSSH(payload, isFromServer: isFromServer)
        case .quic: details.readQUIC(payload)
        default: break
        }
        return details
    }

    private mutating func readDNS(_ payload: RawSpan, isTCP: Bool) {
        do throws(WireError) {
            let message = isTCP ? try DNSMessage(segment: payload) : try DNSMessage(payload)
            if message.isResponse { dnsResponseCode = message.responseCode }
            guard let question = try message.question() else { return }
            dnsQuestionName = String(question.name.prefix(Self.nameLimit))
            dnsQuestionType = question.type
        } catch {}
    }

    private mutating func readTLS(_ payload: RawSpan) {
        if let hello = try? TLSClientHello(payload) {
            serverName = hello.serverName
            alpn = hello.applicationProtocols
            tlsOfferedVersion = hello.version
        } else if let hello = try? TLSServerHello(payload) {
            alpnSelected = hello.applicationProtocol
            tlsVersion = hello.version
            tlsCipherSuite = hello.cipherSuite
        }
    }

    private mutating func readHTTP(_ payload: RawSpan) {
        if let response = try? HTTPResponse(payload) {
            httpStatus = response.status
        } else if let request = try? HTTPRequest(payload) {
            httpMethod = request.method
            httpPath = request.target
            httpHost = request.host
        }
    }

    private mutating func readSSH(_ payload: RawSpan, isFromServer: Bool) {
        guard let banner = try? SSHBanner(payload) else { return }
        if isFromServer {
            sshServer = banner.identification
        } else {
            sshClient = banner.identification
        }
    }

    private mutating func readQUIC(_ payload: RawSpan) {
        guard let header = try? QUICHeader(payload), header.kind != .versionNegotiation else { return }
        if !header.version.isGrease { quicVersion = header.version }
    }
}
