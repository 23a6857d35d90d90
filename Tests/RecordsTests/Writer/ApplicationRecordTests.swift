import Addressing
import Flows
import Foundation
import Testing
import Wire

@testable import Records

@Suite("What programs said in a record")
struct ApplicationRecordTests {
    private func record(_ details: ApplicationDetails) throws -> [String: Any] {
        var lines = JSONRecordLines(json: JSONBuffer(), resolvesNames: true)
        lines.json.beginLine()
        lines.write(details)
        lines.json.endLine()
        return try Recording.parse(String(decoding: lines.json.bytes, as: UTF8.self))
    }

    @Test func writesNothingOfWhatWasNotSaid() throws {
        #expect(try record(ApplicationDetails()).isEmpty)
    }

    @Test func takesARequestFromTheWire() throws {
        let recording = Recording()
        let request = "GET /v2/_catalog?n=10&q=%22 HTTP/1.1\r\nHost: registry.local:5000\r\n\r\n"
        let segment = FrameBytes.tcp(40_000, 5000, flags: 24, sequence: 1, acknowledgment: 1, Array(request.utf8))
        recording.take(FrameBytes.ethernet(0x0800, FrameBytes.ipv4(6, from: 1, to: 2, segment)))
        let record = try recording.record()
        #expect(value("network.protocol", of: record) as? String == "http")
        #expect(value("http.request.method", of: record) as? String == "GET")
        #expect(value("url.original", of: record) as? String == "/v2/_catalog?n=10&q=%22")
        #expect(value("url.path", of: record) as? String == "/v2/_catalog")
        #expect(value("url.query", of: record) as? String == "n=10&q=%22")
        #expect(value("url.domain", of: record) as? String == "registry.local")
        #expect(value("url.port", of: record) as? Int == 5000)
    }

    @Test(
        arguments: [
            ("/", ":80", "/", nil, nil, 80),
            ("*", "host", nil, nil, "host", nil),
            ("/", "[2001:db8::1]", "/", nil, "[2001:db8::1]", nil),
            ("/?", "[2001:db8::1]:81", "/", "", "[2001:db8::1]", 81),
            ("http://a/b", "a:x", nil, nil, "a:x", nil),
        ] as [(String, String, String?, String?, String?, Int?)]
    )
    func takesTargetsAndHostsApart(
        target: String,
        host: String,
        path: String?,
        query: String?,
        domain: String?,
        port: Int?
    ) throws {
        var details = ApplicationDetails()
        details.httpPath = target
        details.httpHost = host
        let record = try record(details)
        #expect(value("url.original", of: record) as? String == target)
        #expect(value("url.path", of: record) as? String == path)
        #expect(value("url.query", of: record) as? String == query)
        #expect(value("url.domain", of: record) as? String == domain)
        #expect(value("url.port", of: record) as? Int == port)
    }

    @Test func writesTLSAndDNSWithTheKeysOfECS() throws {
        var details = ApplicationDetails()
        details.serverName = "cdn.example.com"
        details.alpn = ["h2", "http/1.1"]
        details.alpnSelected = "h2"
        details.tlsOfferedVersion = .tls13
        details.tlsVersion = .tls12
        details.tlsCipherSuite = 0x1301
        details.dnsQuestionName = "www.example.com"
        details.dnsQuestionType = .aaaa
        details.dnsResponseCode = .nameError
        details.httpStatus = 404
        details.sshServer = "SSH-2.0-x"
        details.quicVersion = .v1
        let record = try record(details)
        #expect(value("tls.client.server_name", of: record) as? String == "cdn.example.com")
        #expect(value("tls.client.alpn", of: record) as? [String] == ["h2", "http/1.1"])
        #expect(value("tls.client.version", of: record) as? String == "1.3")
        #expect(value("tls.version", of: record) as? String == "1.2")
        #expect(value("tls.cipher", of: record) as? String == "0x1301")
        #expect(value("tls.next_protocol", of: record) as? String == "h2")
        #expect(value("dns.question.name", of: record) as? String == "www.example.com")
        #expect(value("dns.question.type", of: record) as? String == "AAAA")
        #expect(value("dns.response_code", of: record) as? String == "NXDOMAIN")
        #expect(value("http.response.status_code", of: record) as? Int == 404)
        #expect(value("ssh.server", of: record) as? String == "SSH-2.0-x")
        #expect(value("ssh.client", of: record) == nil)
        #expect(value("quic.version", of: record) as? String == "1")
    }
}
