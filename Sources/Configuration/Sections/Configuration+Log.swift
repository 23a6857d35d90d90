extension Configuration {
    /// What the agent says of itself.
    package struct Log: Hashable, Sendable {
        /// The least that is said.
        package var level = LogLevel.info

        package init() {}
    }
}
