/// How a live capture came to its end by itself.
package enum LiveEnding: Hashable, Sendable {
    /// The interface was deleted or moved to another namespace. All it had seen before was delivered.
    case gone
}
