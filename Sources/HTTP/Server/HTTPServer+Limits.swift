extension HTTPServer {
    /// What clients may take.
    package struct Limits: Hashable, Sendable {
        /// Connections at a time. Past it the one that has been idle the longest gives way to whoever comes; when all have a
        /// request under way, the newcomer is closed.
        package var connections = 256
        /// How long a client may keep us waiting: for the whole head of its next request, for more of a body, for taking the
        /// next 64 KiB of an answer. What it takes us to make an answer, or a stream its next piece, is
        /// not the client's time.
        package var silence = Duration.seconds(30)
        /// Bytes of one request's body, which are kept until it is answered.
        package var body = 64 << 10
        /// Bytes of a request's head.
        package var head = 16 << 10

        package init() {}
    }
}
