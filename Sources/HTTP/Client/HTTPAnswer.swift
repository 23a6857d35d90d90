/// A whole answer to a request.
package struct HTTPAnswer: Hashable, Sendable {
    /// 100 to 599, as RFC 9110, section 15, has them.
    package var status: Int
    /// What came after the header, chunks put together.
    package var body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}
