/// Why a header could not be read. There are no other outcomes than read, truncated and malformed.
@frozen public enum WireError: Error, Hashable, Sendable {
    /// Bytes are missing at the end: ordinary with a short snapshot. Who cut them is for the dissector to say.
    case truncated(Layer)

    /// The bytes contradict the protocol, so nothing after them can be trusted.
    case malformed(Layer)
}
