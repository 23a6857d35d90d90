/// A request as a server sees it; what came in its body is not kept.
package struct HTTPRequest: Hashable, Sendable {
    /// Such as `GET`, as it came.
    package var method: String
    /// What it asks for, without the query, as it came: `/v1/status`.
    package var path: String
    /// What stands behind the question mark, as it came; nil without one.
    package var query: String?

    package init(method: String, target: String) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map(String.init) ?? ""
        query = parts.count > 1 ? String(parts[1]) : nil
    }
}

/// What a server answers: RFC 9110, section 15, has the numbers.
package struct HTTPReply: Hashable, Sendable {
    package var status: Int
    /// The media type of the body.
    package var type: String
    package var body: [UInt8]

    package init(status: Int = 200, type: String = "application/json", body: [UInt8]) {
        self.status = status
        self.type = type
        self.body = body
    }

    /// An answer that says what is wrong, and what to do: one JSON object. `message` is the program's own text.
    package static func refusal(_ status: Int, _ message: StaticString) -> Self {
        Self(status: status, body: Array("{\"error\":{\"message\":\"\(message)\"}}\n".utf8))
    }
}
