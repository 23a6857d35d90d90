extension Configuration {
    /// What is remembered, and for how long.
    package struct Store: Hashable, Sendable {
        /// The absolute path of the database; empty means nothing is remembered.
        package var path = "/var/lib/portolan/portolan.db"
        /// Bytes the whole database may take; from 16 MiB to 64 TiB.
        package var size = 4 << 30
        /// Flows that have ended.
        package var flows = Retention(days: 7, size: 2 << 30)
        /// Who was who.
        package var journal = Retention(days: 30, size: 256 << 20)
        /// Minutes of the graph and of containers.
        package var minutes = Retention(days: 400, size: 1 << 30)
        /// When capture lost packets.
        package var gaps = Retention(days: 400, size: 64 << 20)
        /// What was found.
        package var alerts = Retention(days: 400, size: 256 << 20)
        /// Who had the agent do what.
        package var audit = Retention(days: 400, size: 64 << 20)

        package init() {}
    }
}
