/// A request as a server sees it.
package struct HTTPRequest: Hashable, Sendable {
    /// Such as `GET`, as it came.
    package var method: String
    /// What it asks for, without the query, as it came: `/v1/status`.
    package var path: String
    /// What stands behind the question mark, as it came; nil without one.
    package var query: String?
    /// What came in its body, within the bounds of the server.
    package var body: [UInt8] = []
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

    /// What the query says and then the body, where that is a form as browsers and `curl --data-urlencode` send it, in the same bounds
    /// each. Nil when one of them cannot be understood.
    package var form: [HTTPParameter]? {
        guard let parameters, let text = String(validating: body, as: UTF8.self),
            let form = HTTPParameter.list(of: text)
        else { return nil }
        return parameters + form
    }
}
