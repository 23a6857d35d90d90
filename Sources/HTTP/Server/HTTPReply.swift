/// What a server answers: RFC 9110, section 15, has the numbers.
package struct HTTPReply: Sendable {
    package var status: Int
    /// The media type of the body.
    package var type: String
    /// All of the answer; not looked at where there is a `stream`.
    package var body: [UInt8]
    /// What makes the answer piece by piece, where it has no known end.
    package var stream: HTTPStream?

    package init(status: Int = 200, type: String = "application/json", body: [UInt8]) {
        self.status = status
        self.type = type
        self.body = body
    }

    /// An answer that comes as it is made, in chunks. RFC 9112, section 7.1.
    package init(status: Int = 200, type: String = "application/x-ndjson", stream: HTTPStream) {
        self.init(status: status, type: type, body: [])
        self.stream = stream
    }

    /// An answer that says what is wrong, and what to do: one JSON object. `message` is the program's own text.
    package static func refusal(_ status: Int, _ message: StaticString) -> Self {
        Self(status: status, body: Array("{\"error\":{\"message\":\"\(message)\"}}\n".utf8))
    }
}
