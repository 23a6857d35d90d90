extension Configuration {
    /// Which packets are written down, and for how long.
    package struct Recording: Hashable, Sendable {
        /// Whether any are.
        package var mode = RecordingMode.off
        /// The absolute path of the folder that they are in.
        package var path = "/var/lib/portolan/recordings"
        /// Bytes of the newest packets, whatever becomes of them; from 16 MiB to 64 TiB.
        package var size = 1 << 30
        /// Bytes of one file; from 1 MiB to 1 GiB.
        package var fileSize = 32 << 20
        /// The most bytes written of a packet, link layer included; from 64 to 262,144.
        package var snapshotLength = 256
        /// What is kept of the time before the first packet of an alert's evidence, and after the alert; from 1 s to 1 h.
        package var before = Duration.seconds(60)
        package var after = Duration.seconds(60)
        /// Bytes that are kept for alerts beside the newest; from 1 MiB to 64 TiB.
        package var kept = 4 << 30
        /// A pcap-filter(7) on what is written; empty for all.
        package var filter = ""
        /// Names of containers, with stars: only their packets are written. None: everybody's. At most 64.
        package var containers: [String] = []

        package init() {}
    }
}

/// Which packets are written down.
package enum RecordingMode: String, Hashable, Sendable, CaseIterable {
    case off
    /// Those of the last minutes, as long as no alert has them kept.
    case alerts
    case all
}
