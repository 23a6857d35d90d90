import NIOHTTP1

/// What of a request decides how its answer is sent.
struct Exchange: Sendable {
    /// HTTP/1.0 knows no chunks.
    let knowsChunks: Bool
    /// RFC 9110, section 9.3.2: to HEAD the same fields, and nothing else.
    let isHead: Bool
    /// Whether the connection stays for another request.
    let isKeptAlive: Bool

    init(_ request: HTTPRequestHead, mayBeKept: Bool) {
        knowsChunks = request.version.major == 1 && request.version.minor >= 1
        isHead = request.method == .HEAD
        isKeptAlive = mayBeKept && request.isKeepAlive
    }

    /// The head of an answer.
    func head(of reply: HTTPReply) -> HTTPResponseHead {
        var fields: HTTPHeaders = ["Content-Type": reply.type]
        if reply.stream == nil {
            fields.add(name: "Content-Length", value: "\(reply.body.count)")
        } else if knowsChunks, !isHead {
            fields.add(name: "Transfer-Encoding", value: "chunked")
        }
        fields.add(name: "Cache-Control", value: "no-store")
        if !isKept(after: reply) { fields.add(name: "Connection", value: "close") }
        return HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: reply.status),
            headers: fields
        )
    }

    /// Only the end of the connection ends what has neither chunks nor a length.
    func isKept(after reply: HTTPReply) -> Bool {
        isKeptAlive && (reply.stream == nil || knowsChunks || isHead)
    }
}
