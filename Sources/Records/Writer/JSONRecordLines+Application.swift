import Wire

/// What the two programs said in the clear.
extension JSONRecordLines {
    mutating func write(_ details: ApplicationDetails) {
        writeDNS(details)
        writeTLS(details)
        writeHTTP(details)
        let ssh = json.beginObject("ssh")
        json.pair("client", details.sshClient)
        json.pair("server", details.sshServer)
        json.end(ssh)
        let quic = json.beginObject("quic")
        json.pair("version", details.quicVersion?.description)
        json.end(quic)
    }

    private mutating func writeDNS(_ details: ApplicationDetails) {
        let dns = json.beginObject("dns")
        let question = json.beginObject("question")
        json.pair("name", details.dnsQuestionName)
        json.pair("type", details.dnsQuestionType?.description)
        json.end(question)
        json.pair("response_code", details.dnsResponseCode?.description)
        json.end(dns)
    }

    private mutating func writeTLS(_ details: ApplicationDetails) {
        let tls = json.beginObject("tls")
        json.pair("version", details.tlsVersion?.description)
        json.pair("cipher", hexadecimal: details.tlsCipherSuite)
        json.pair("next_protocol", details.alpnSelected)
        let client = json.beginObject("client")
        json.pair("server_name", details.serverName)
        json.pair("version", details.tlsOfferedVersion?.description)
        let offers = json.beginArray("alpn")
        for offer in details.alpn { json.value(offer) }
        json.end(offers)
        json.end(client)
        json.end(tls)
    }

    private mutating func writeHTTP(_ details: ApplicationDetails) {
        let http = json.beginObject("http")
        let request = json.beginObject("request")
        json.pair("method", details.httpMethod)
        json.end(request)
        let response = json.beginObject("response")
        json.pair("status_code", details.httpStatus)
        json.end(response)
        json.end(http)
        let url = json.beginObject("url")
        if let target = details.httpPath { writeTarget(target) }
        if let host = details.httpHost { writeHost(host) }
        json.end(url)
    }

    /// The request target as sent and, in its usual form (RFC 9112, section 3.2.1), its parts.
    private mutating func writeTarget(_ target: String) {
        json.pair("original", target)
        guard target.utf8.first == 0x2f else { return }
        let mark = target.utf8.firstIndex(of: 0x3f) ?? target.endIndex
        json.pair("path", target[..<mark])
        if mark != target.endIndex { json.pair("query", target[mark...].dropFirst()) }
    }

    /// The Host field without the port that may stand behind it (RFC 9110, section 7.2).
    private mutating func writeHost(_ host: String) {
        if let colon = host.utf8.lastIndex(of: 0x3a), let port = UInt16(host[colon...].dropFirst()) {
            if colon > host.startIndex { json.pair("domain", host[..<colon]) }
            json.pair("port", port)
        } else {
            json.pair("domain", host)
        }
    }
}

extension JSONBuffer {
    /// Writes a key and a number of a registry as it is written there, such as `0x1301`.
    fileprivate mutating func pair(_ name: StaticString, hexadecimal number: UInt16?) {
        guard let number else { return }
        key(name)
        beginValue()
        append(literal: "\"0x")
        for shift in stride(from: UInt16(12), through: 0, by: -4) {
            append(Self.hexadecimal(UInt8(truncatingIfNeeded: number >> shift & 15)))
        }
        append(0x22)
    }
}
