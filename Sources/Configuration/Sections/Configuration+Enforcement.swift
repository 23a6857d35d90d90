package import Addressing

extension Configuration {
    /// What is blocked by itself, and who never is.
    package struct Enforcement: Hashable, Sendable {
        /// Whether what rules ask for is done.
        package var mode = EnforcingMode.observe
        /// Below it no alert is answered, from 0 to 100.
        package var severity = 70
        /// How long the first block of a rule and a container holds, and the longest; from 1 s to 30 days.
        package var first = Duration.seconds(600)
        package var longest = Duration.seconds(86_400)
        /// Blocks that rules make within an hour, and percent of the containers they may stop at a time.
        package var perHour = 30
        package var share = 10
        /// Percent of packets lost, above which nothing is blocked by itself.
        package var loss = 1
        /// Whether an address outside may be blocked by itself, whoever talks with it.
        package var blocksOutsideAlone = false
        /// Blocks of addresses that are never blocked; at most 1024.
        package var neverBlock: [IPPrefix] = []
        /// Addresses of registries and of the orchestrator's API; at most 256 each.
        package var registries: [IPPrefix] = []
        package var orchestrators: [IPPrefix] = []
        /// Roles whose addresses may be blocked.
        package var exempt: [ExemptRole] = []
        /// Networks on which packets of devices that are not known yet are held: bridges by their names, overlays by their numbers, with
        /// stars; at most 64.
        package var holdUnknown: [String] = []
        /// How long such a device is held at most; from 1 s to 10 min.
        package var holdLongest = Duration.seconds(10)

        package init() {}
    }
}

/// Whether what rules ask for is done.
package enum EnforcingMode: String, Hashable, Sendable, CaseIterable {
    case observe, enforce
}

/// Why an address is never blocked, as far as that may be taken out.
package enum ExemptRole: String, Hashable, Sendable, CaseIterable {
    case gateway, resolver, host, registry, orchestrator
    case sshPeer = "ssh_peer"
}
