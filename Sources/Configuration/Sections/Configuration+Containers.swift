extension Configuration {
    /// Where containers are asked for, and what their labels mean.
    package struct Containers: Hashable, Sendable {
        /// Labels that say who answers for a container; the first that is there counts. At most 16; none means nobody is named.
        package var ownerLabels = ["portolan.owner"]
        /// Labels that say what a container is for; the first that is there counts. At most 16.
        package var roleLabels = ["portolan.role", "app.kubernetes.io/component"]
        /// Absolute paths of runtimes' sockets besides the usual ones; at most 16.
        package var runtimes: [String] = []

        package init() {}
    }
}
