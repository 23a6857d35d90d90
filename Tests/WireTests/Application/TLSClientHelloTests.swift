import Testing
import Wire

@Suite("TLS client hello")
struct TLSClientHelloTests {
    @Test(
        arguments: [
            (ApplicationPayload.clientHello12, .tls12), (ApplicationPayload.clientHello13, .tls13),
        ] as [([UInt8], TLSVersion)]
    )
    func readsWhatOpenSSLOffers(bytes: [UInt8], version: TLSVersion) throws {
        let hello = try read(bytes)
        #expect(hello.serverName == "registry.example.net")
        #expect(hello.applicationProtocols == ["h2", "http/1.1"])
        #expect(hello.version == version)
        #expect(!hello.hasEncryptedHello)
    }

    @Test(arguments: 0..<ApplicationPayload.clientHello12.count)
    func takesWhatIsThere(length: Int) throws {
        let bytes = Array(ApplicationPayload.clientHello12.prefix(length))
        // The fixed fields end with the session id's length, at 43.
        guard length >= 44 else {
            #expect(throws: WireError.truncated(.tls)) { try read(bytes) }
            return
        }
        let hello = try read(bytes)
        let whole = try read(ApplicationPayload.clientHello12)
        #expect(hello.version == .tls12)
        #expect(hello.serverName == nil || hello.serverName == whole.serverName)
        #expect(hello.applicationProtocols.isEmpty || hello.applicationProtocols == whole.applicationProtocols)
    }

    @Test func refusesOtherRecordsAndMessages() {
        #expect(throws: WireError.malformed(.tls)) { try read([0x17, 3, 3, 0, 32] + [UInt8](repeating: 1, count: 32)) }
        #expect(throws: WireError.malformed(.tls)) { try read([0x16, 2, 0, 0, 32] + [UInt8](repeating: 1, count: 32)) }
        #expect(throws: WireError.malformed(.tls)) { try read(ApplicationPayload.serverHello12) }
    }

    @Test func endsWithTheRecordEvenWhenBytesFollow() {
        // The record has four octets, the message claims 16 MiB.
        let bytes: [UInt8] = [0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff] + [UInt8](repeating: 3, count: 100)
        #expect(throws: WireError.truncated(.tls)) { try read(bytes) }
    }

    @Test func replacesWhatNoHostNameHolds() throws {
        let name = Array("bad\0host\n\u{1b}[31m".utf8)
        #expect(try read(ApplicationPayload.clientHello(serverName: name)).serverName == "bad?host???31m")
        let accent = Array("caf\u{e9}_x.EXAMPLE-1".utf8)
        #expect(try read(ApplicationPayload.clientHello(serverName: accent)).serverName == "caf??_x.EXAMPLE-1")
    }

    @Test func keepsNoMoreThan255Characters() throws {
        let name = [UInt8](repeating: 0x61, count: 300)
        let hello = try read(ApplicationPayload.clientHello(serverName: name))
        #expect(hello.serverName == String(repeating: "a", count: 255))
    }

    @Test func hasNoNameWhenItsLengthsDisagree() throws {
        let long = ApplicationPayload.clientHello(serverName: [0x78], nameLength: .max)
        #expect(try read(long).serverName == nil)
        #expect(try read(ApplicationPayload.clientHello(serverName: [])).serverName == nil)
        #expect(try read(ApplicationPayload.clientHello(extensions: [0, 0, 0, 0])).serverName == nil)
        #expect(try read(ApplicationPayload.clientHello(extensions: [0, 0, 0xff, 0xff, 0])).serverName == nil)
    }

    @Test func readsANameThoughTheBlockClaimsMore() throws {
        let hello = try read(ApplicationPayload.clientHello(serverName: [0x78], extensionsLength: .max))
        #expect(hello.serverName == "x")
    }

    @Test func passesOverNamesOfOtherKinds() throws {
        let list: [UInt8] = [1, 0, 1, 0x7a, 0, 0, 1, 0x79]
        let hello = try read(ApplicationPayload.clientHello(extensions: [0, 0, 0, 10, 0, 8] + list))
        #expect(hello.serverName == "y")
    }

    @Test func keepsEightProtocolsOf32Characters() throws {
        let list = (0..<20).flatMap { _ in [40] + [UInt8](repeating: 0x70, count: 40) }
        let size = UInt16(list.count)
        let head = [0, 16, UInt8((size + 2) >> 8), UInt8((size + 2) & 0xff), UInt8(size >> 8), UInt8(size & 0xff)]
        let hello = try read(ApplicationPayload.clientHello(extensions: head + list))
        #expect(hello.applicationProtocols == [String](repeating: String(repeating: "p", count: 32), count: 8))
    }

    @Test func leavesGreaseAndDraftsOutOfTheVersions() throws {
        let versions: [UInt8] = [0x1a, 0x1a, 0x7f, 0x1c, 3, 3, 3, 4, 3, 2]
        let hello = try read(ApplicationPayload.clientHello(extensions: [0, 43, 0, 11, 10] + versions))
        #expect(hello.version == .tls13)
        let grease = try read(ApplicationPayload.clientHello(extensions: [0, 43, 0, 3, 2, 0x2a, 0x2a]))
        #expect(grease.version == .tls12)
    }

    @Test func seesAnEncryptedHello() throws {
        #expect(try read(ApplicationPayload.clientHello(extensions: [0xfe, 0x0d, 0, 1, 0])).hasEncryptedHello)
    }

    @Test func namesVersionsByTheirNumber() {
        #expect((0x0300...0x0304).map { TLSVersion(rawValue: $0).description } == ["3.0", "1.0", "1.1", "1.2", "1.3"])
        #expect(TLSVersion(rawValue: 0x7f1c).description == "0x7f1c")
        #expect(TLSVersion(rawValue: 0xfafa).isGrease)
        #expect(!TLSVersion(rawValue: 0xfa0a).isGrease)
    }

    private func read(_ bytes: [UInt8]) throws -> TLSClientHello {
        try bytes.reading { try TLSClientHello($0) }
    }
}
