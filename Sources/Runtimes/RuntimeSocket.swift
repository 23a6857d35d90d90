/// Where a runtime's API listens.
package struct RuntimeSocket: Hashable, Sendable {
    /// Path of the Unix socket.
    package var path: String

    package init(path: String) {
        self.path = path
    }
}
