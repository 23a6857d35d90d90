extension Configuration {
    /// The door of the agent.
    package struct API: Hashable, Sendable {
        /// The absolute path of the Unix socket it answers at; at most 107 bytes.
        package var socket = "/run/portolan/portolan.sock"
        /// The group that may ask it; only root may make it act. A name or a number; whether there is one is seen later.
        package var group = "portolan"

        package init() {}
    }
}
