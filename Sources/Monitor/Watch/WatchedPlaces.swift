/// Where the host's files lie.
package struct WatchedPlaces: Sendable {
    package var proc = "/proc"
    /// The namespace to watch; the monitor's own.
    package var namespace = "/proc/self/ns/net"

    package init() {}
}
