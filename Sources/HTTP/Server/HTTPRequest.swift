/// A request as a server sees it; what came in its body is not kept.
package struct HTTPRequest: Hashable, Sendable {
    /// Such as `GET`, as it came.
    package var method: String
    /// What it asks for, without the query, as it came: `/v1/status`.
    package var path: String
    /// What stands behind the question mark, as it came; nil without one.
    package var query: String?
    /// Who asks; nil over TCP.
    package var peer: HTTPPeer?

    package init(method: String, target: String, peer: HTTPPeer? = nil) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map(String.init) ?? ""
        query = parts.count > 1 ? String(parts[1]) : nil
        self.peer = peer
    }

    /// What the query says, in its order; none without a query, and nil when it cannot be understood: worth a 400.
    ///
    /// At most 128 pairs, in 8 KiB.
    package var parameters: [HTTPParameter]? { HTTPParameter.list(of: query ?? "") }
}
