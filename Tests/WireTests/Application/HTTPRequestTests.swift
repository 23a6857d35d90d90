import Testing
import Wire

@Suite("HTTP request")
struct HTTPRequestTests {
    @Test func readsTheLineAndTheHost() throws {
        let request = try read(ApplicationPayload.httpRequest)
        #expect(request.method == "GET")
        #expect(request.target == "/v2/_catalog?n=10")
        #expect(request.host == "registry.local:5000")
    }

    @Test(arguments: 0..<ApplicationPayload.httpRequest.count)
    func takesWhatIsThere(length: Int) throws {
        let bytes = Array(ApplicationPayload.httpRequest.prefix(length))
        guard length >= 5 else {
            let expected: WireError = length == 0 ? .malformed(.http) : .truncated(.http)
            #expect(throws: expected) { try read(bytes) }
            return
        }
        let request = try read(bytes)
        #expect("/v2/_catalog?n=10".hasPrefix(request.target))
        // A host counts from the line feed on, two octets before the empty line's end.
        #expect(request.host == (length >= ApplicationPayload.httpRequest.count - 2 ? "registry.local:5000" : nil))
    }

    @Test(
        arguments: [
            ("GET / HTTP/1.1\nhOsT:\t a.b \t\n\n", "a.b"), ("GET / HTTP/1.1\r\nHost:x\r\n\r\n", "x"),
            ("GET / HTTP/1.1\r\nHost:  \r\n\r\n", nil), ("GET / HTTP/1.1\r\n\r\nHost: body\r\n\r\n", nil),
            ("GET / HTTP/1.1\r\nX-Host: a\r\nHostess: b\r\n\r\n", nil),
            ("GET / HTTP/1.1\r\nHost: one\r\nHost: two\r\n", "one"),
            ("GET / HTTP/1.1\r\nHost: cut", nil), ("GET / HTTP/1.1\r\nHost: a\0b\u{1b}]0;x\u{7}\r\n\r\n", "a?b?]0;x?"),
        ] as [(String, String?)]
    )
    func findsTheHost(text: String, expected: String?) throws {
        #expect(try read(Array(text.utf8)).host == expected)
    }

    @Test func boundsWhatItKeeps() throws {
        let request = try read(Array("GET /\(String(repeating: "p", count: 9000))".utf8))
        #expect(request.target.utf8.count == 256)
        let host = Array("GET / HTTP/1.1\r\nHost: \(String(repeating: "h", count: 4000))\r\n\r\n".utf8)
        #expect(try read(host).host == String(repeating: "h", count: 255))
        let far = Array("GET / HTTP/1.1\r\nA: \(String(repeating: "h", count: 9000))\r\nHost: x\r\n\r\n".utf8)
        #expect(try read(far).host == nil)
    }

    @Test func replacesControlBytesInTheTarget() throws {
        #expect(try read(Array("GET /\u{1b}[2J\0\u{e9} HTTP/1.1\r\n".utf8)).target == "/?[2J???")
    }

    @Test(arguments: [
        "GET\r\n\r\n", "GET \r\n\r\n", "get / HTTP/1.1\r\n", " / HTTP/1.1\r\n", "GET\t/ HTTP/1.1\r\n", "\r\n",
    ])
    func refusesWhatIsNoRequestLine(text: String) {
        #expect(throws: WireError.malformed(.http)) { try read(Array(text.utf8)) }
    }

    @Test func readsTheLongestRegisteredMethodAndNoLonger() throws {
        #expect(try read(Array("UPDATEREDIRECTREF / HTTP/1.1\r\n".utf8)).method == "UPDATEREDIRECTREF")
        #expect(throws: WireError.malformed(.http)) { try read(Array("UPDATEREDIRECTREFS / HTTP/1.1\r\n".utf8)) }
    }

    private func read(_ bytes: [UInt8]) throws -> HTTPRequest {
        try bytes.reading { try HTTPRequest($0) }
    }
}
