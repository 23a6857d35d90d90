import Testing
import Wire

@Suite("Application details")
struct ApplicationDetailsTests {
    @Test func mergesBothSidesOfATLSHandshake() {
        var details = ApplicationPayload.details(ApplicationPayload.clientHello12, as: .tls)
        details.merge(ApplicationPayload.details(ApplicationPayload.serverHello12, as: .tls, isFromServer: true))
        #expect(details.serverName == "registry.example.net")
        #expect(details.alpn == ["h2", "http/1.1"])
        #expect(details.alpnSelected == "h2")
        #expect(details.tlsOfferedVersion == .tls12)
        #expect(details.tlsVersion == .tls12)
        #expect(details.tlsCipherSuite == 0xc02b)
    }

    @Test func mergesAQueryAndItsResponse() {
        var details = ApplicationPayload.details(ApplicationPayload.dnsQuery, as: .dns, isTCP: false)
        #expect(details.dnsResponseCode == nil)
        details.merge(ApplicationPayload.details(ApplicationPayload.dnsResponse, as: .dns, isTCP: false))
        #expect(details.dnsQuestionName == "www.example.com")
        #expect(details.dnsQuestionType == .a)
        #expect(details.dnsResponseCode == .noError)
    }

    @Test func readsDNSBehindItsTCPLength() {
        let bytes = [0, UInt8(ApplicationPayload.dnsQuery.count)] + ApplicationPayload.dnsQuery
        #expect(ApplicationPayload.details(bytes, as: .dns).dnsQuestionName == "www.example.com")
    }

    @Test func readsRequestAndStatus() {
        var details = ApplicationPayload.details(ApplicationPayload.httpRequest, as: .http)
        details.merge(ApplicationPayload.details(Array("HTTP/1.1 503 x\r\n".utf8), as: .http, isFromServer: true))
        #expect(details.httpMethod == "GET")
        #expect(details.httpPath == "/v2/_catalog?n=10")
        #expect(details.httpHost == "registry.local:5000")
        #expect(details.httpStatus == 503)
    }

    @Test func keepsTheTwoSidesOfSSHApart() {
        var details = ApplicationPayload.details(Array("SSH-2.0-client\r\n".utf8), as: .ssh)
        details.merge(ApplicationPayload.details(ApplicationPayload.sshBanner, as: .ssh, isFromServer: true))
        #expect(details.sshClient == "SSH-2.0-client")
        #expect(details.sshServer == "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7")
    }

    @Test func takesTheVersionOfQUICThatMeansSomething() {
        var details = ApplicationPayload.details([0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 0, 0], as: .quic, isTCP: false)
        #expect(details.isEmpty)
        details.merge(ApplicationPayload.details(ApplicationPayload.quicInitial, as: .quic, isTCP: false))
        #expect(details.quicVersion == .v1)
    }

    @Test func keepsWhatWasThereFirst() {
        var details = ApplicationPayload.details(ApplicationPayload.httpRequest, as: .http)
        let first = details
        details.merge(ApplicationPayload.details(Array("POST /other HTTP/1.1\r\nHost: b\r\n\r\n".utf8), as: .http))
        #expect(details == first)
    }

    @Test func mergesIntoNothing() {
        let full = ApplicationPayload.details(ApplicationPayload.clientHello13, as: .tls)
        var details = ApplicationDetails()
        #expect(details.isEmpty)
        details.merge(full)
        #expect(details == full)
    }

    @Test func cutsANameMadeOfEscapes() {
        let header = Array(ApplicationPayload.dnsQuery[..<12])
        let label = [60] + [UInt8](repeating: 0, count: 60)
        let query: [UInt8] = header + label + label + [0, 0, 16, 0, 1]
        let details = ApplicationPayload.details(query, as: .dns, isTCP: false)
        #expect(details.dnsQuestionName?.utf8.count == ApplicationDetails.nameLimit)
        #expect(details.dnsQuestionType == .txt)
    }

    @Test func isSmallEnoughToStandBesideAFlow() {
        #expect(MemoryLayout<ApplicationDetails>.size <= 256)
    }

    @Test func saysNothingOfProtocolsThatAreOnlyRecognised() {
        for application in [ApplicationProtocol.unknown, .redis, .ntp, .http2] {
            #expect(ApplicationPayload.details(ApplicationPayload.httpRequest, as: application).isEmpty)
        }
    }
}
