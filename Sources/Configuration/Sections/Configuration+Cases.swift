extension Configuration {
    /// What is kept past its time, until somebody lets it go.
    package struct Cases: Hashable, Sendable {
        /// Below it no alert makes a case, from 0 to 100.
        package var severity = 40
        /// Bytes that all cases may keep in the database past their time, at most half of `store.size`; from 1 MiB to 64 TiB.
        package var size = 1 << 30
        /// Cases that nobody let go; 0 for none, at most 1024.
        package var count = 64

        package init() {}
    }
}
