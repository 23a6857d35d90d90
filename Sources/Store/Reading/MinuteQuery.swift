/// Which minutes of which edges are asked for.
package struct MinuteQuery: Hashable, Sendable {
    /// Seconds since 1970 of the first and behind the last minute.
    package var span: Range<Int64>
    /// Edges with an end that is called so: a container's name or identifier, an endpoint's name.
    package var endpoint: String?
    /// The responder's port.
    package var port: UInt16?
    /// As IANA registers them.
    package var protocolNumber: UInt8?

    package init(span: Range<Int64>) {
        self.span = span
    }
}
