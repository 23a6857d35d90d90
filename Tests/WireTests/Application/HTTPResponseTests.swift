import Testing
import Wire

@Suite("HTTP response")
struct HTTPResponseTests {
    @Test(arguments: [("HTTP/1.1 404 Not Found\r\n", 404), ("HTTP/1.0 200", 200), ("HTTP/1.1 101\r\n", 101)])
    func readsTheStatus(text: String, status: UInt16) throws {
        #expect(try read(Array(text.utf8)) == status)
    }

    @Test(arguments: 0..<12)
    func saysThatTheLineIsCut(length: Int) {
        #expect(throws: WireError.truncated(.http)) { try read(Array("HTTP/1.1 200 OK".utf8.prefix(length))) }
    }

    @Test(arguments: [
        "HTTP/1.1 999999999999 x\r\n", "HTTP/1.1 2x0 OK\r\n", "HTTP/1.1 -20 OK\r\n", "HTTP 1.1 200 OK\r\n",
        "GET / HTTP/1.1\r\n",
    ])
    func refusesWhatIsNoStatusLine(text: String) {
        #expect(throws: WireError.malformed(.http)) { try read(Array(text.utf8)) }
    }

    private func read(_ bytes: [UInt8]) throws -> UInt16 {
        try bytes.reading { try HTTPResponse($0).status }
    }
}
