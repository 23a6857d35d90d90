/// What makes an answer piece by piece, while a client reads it.
package struct HTTPStream: Sendable {
    /// Gives the next piece, whenever there is one; nil ends the answer, and an empty piece says nothing.
    ///
    /// Never called again before the piece before was taken by the socket: what waits for a slow client is one piece. Its task is
    /// cancelled when the answer ends early. It may take as long as it likes: that a quiet client is still there shows only
    /// when something is sent, so a word now and then is worth its bytes.
    package let next: @Sendable () async -> [UInt8]?

    /// Told once, whatever happens: the answer ended, the client went, the server stops, or only the head was asked for.
    ///
    /// Called on the server's thread, perhaps while `next` still runs; it must not wait.
    package let onEnd: @Sendable () -> Void

    package init(next: @escaping @Sendable () async -> [UInt8]?, onEnd: @escaping @Sendable () -> Void) {
        self.next = next
        self.onEnd = onEnd
    }
}
