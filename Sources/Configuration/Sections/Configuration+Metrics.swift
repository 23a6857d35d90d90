extension Configuration {
    /// Numbers for a monitoring system.
    package struct Metrics: Hashable, Sendable {
        /// Where they are served besides the socket; nil means at the socket alone.
        package var listen: ListenAddress?

        package init() {}
    }
}
