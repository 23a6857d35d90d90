import Testing
import Wire

@Suite("TLS server hello")
struct TLSServerHelloTests {
    @Test func readsVersionSuiteAndProtocolOf12() throws {
        let hello = try read(ApplicationPayload.serverHello12)
        #expect(hello.version == .tls12)
        #expect(hello.cipherSuite == 0xc02b)
        #expect(hello.applicationProtocol == "h2")
    }

    @Test func takesTheVersionOf13FromItsExtension() throws {
        let hello = try read(ApplicationPayload.serverHello13)
        #expect(hello.version == .tls13)
        #expect(hello.cipherSuite == 0x1302)
        #expect(hello.applicationProtocol == nil)
    }

    @Test(arguments: 0..<ApplicationPayload.serverHello13.count)
    func takesWhatIsThere(length: Int) throws {
        let bytes = Array(ApplicationPayload.serverHello13.prefix(length))
        // Compression, the last fixed field, is at 78: behind a session id of 32 octets.
        guard length >= 79 else {
            #expect(throws: WireError.truncated(.tls)) { try read(bytes) }
            return
        }
        // The version's extension is whole with the octet at 86.
        #expect(try read(bytes).version == (length >= 87 ? .tls13 : .tls12))
        #expect(try read(bytes).cipherSuite == 0x1302)
    }

    @Test func refusesAClientHello() {
        #expect(throws: WireError.malformed(.tls)) { try read(ApplicationPayload.clientHello13) }
    }

    private func read(_ bytes: [UInt8]) throws -> TLSServerHello {
        try bytes.reading { try TLSServerHello($0) }
    }
}
