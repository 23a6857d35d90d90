import Declarations

/// All keys there are. Reading, writing, comparing and the documentation go by this list.
package enum ConfigurationSchema {
    /// The section that is no part of the configuration: what may be, which `Policy` reads.
    static var policy: String { "policy" }

    /// In the order of `Config/portolan.yaml`.
    package static let keys: [ConfigurationKey] =
        [
            ConfigurationKey("capture.interfaces", \.capture.interfaces, listOf: .interface, limit: 64),
            ConfigurationKey("capture.snapshot_length", \.capture.snapshotLength, .integer(64...262_144)),
            ConfigurationKey("capture.buffer_size", \.capture.bufferSize, .size(512 << 10...1 << 30)),
            ConfigurationKey("capture.vxlan_ports", \.capture.vxlanPorts, listOf: .port, limit: 16),
            ConfigurationKey("containers.owner_labels", \.containers.ownerLabels, listOf: .label, limit: 16),
            ConfigurationKey("containers.role_labels", \.containers.roleLabels, listOf: .label, limit: 16),
            ConfigurationKey("containers.runtimes", \.containers.runtimes, listOf: .socketPath, limit: 16),
            ConfigurationKey("api.socket", \.api.socket, .socketPath),
            ConfigurationKey("api.group", \.api.group, .group),
            ConfigurationKey("metrics.listen", \.metrics.listen, .listenAddress),
            ConfigurationKey("log.level", \.log.level, .logLevel, .atOnce),
            ConfigurationKey("store.path", \.store.path, .pathOrNothing),
            ConfigurationKey("store.size", \.store.size, .size(16 << 20...64 << 40), .atOnce),
        ] + retention("flows", \.store.flows.age, \.store.flows.size)
        + retention("journal", \.store.journal.age, \.store.journal.size)
        + retention("minutes", \.store.minutes.age, \.store.minutes.size)
        + retention("gaps", \.store.gaps.age, \.store.gaps.size)
        + retention("alerts", \.store.alerts.age, \.store.alerts.size)
        + retention("audit", \.store.audit.age, \.store.audit.size) + enforcement + recording + cases

    private static let enforcement: [ConfigurationKey] = [
        ConfigurationKey("enforcement.mode", \.enforcement.mode, .word("a mode"), .atOnce),
        ConfigurationKey("enforcement.severity", \.enforcement.severity, .integer(0...100), .atOnce),
        ConfigurationKey("enforcement.first", \.enforcement.first, .age(1...30 * 86_400), .atOnce),
        ConfigurationKey("enforcement.longest", \.enforcement.longest, .age(1...30 * 86_400), .atOnce),
        ConfigurationKey("enforcement.blocks_per_hour", \.enforcement.perHour, .integer(0...3600), .atOnce),
        ConfigurationKey("enforcement.share_percent", \.enforcement.share, .integer(0...100), .atOnce),
        ConfigurationKey("enforcement.loss_percent", \.enforcement.loss, .integer(0...100), .atOnce),
        ConfigurationKey("enforcement.outside_alone", \.enforcement.blocksOutsideAlone, .truth, .atOnce),
        ConfigurationKey("enforcement.never_block", \.enforcement.neverBlock, listOf: .block, limit: 1024, .atOnce),
        ConfigurationKey("enforcement.registries", \.enforcement.registries, listOf: .block, limit: 256, .atOnce),
        ConfigurationKey("enforcement.orchestrators", \.enforcement.orchestrators, listOf: .block, limit: 256, .atOnce),
        ConfigurationKey("enforcement.exempt", \.enforcement.exempt, listOf: .word("a role"), limit: 6, .atOnce),
        ConfigurationKey("enforcement.hold_unknown", \.enforcement.holdUnknown, listOf: .interface, limit: 64, .atOnce),
        ConfigurationKey("enforcement.hold_longest", \.enforcement.holdLongest, .age(1...600), .atOnce),
    ]

    private static let recording: [ConfigurationKey] = [
        ConfigurationKey("recording.mode", \.recording.mode, .word("a mode")),
        ConfigurationKey("recording.path", \.recording.path, .absolutePath),
        ConfigurationKey("recording.size", \.recording.size, .size(16 << 20...64 << 40)),
        ConfigurationKey("recording.file_size", \.recording.fileSize, .size(1 << 20...1 << 30)),
        ConfigurationKey("recording.snapshot_length", \.recording.snapshotLength, .integer(64...262_144)),
        ConfigurationKey("recording.before", \.recording.before, .age(1...3600)),
        ConfigurationKey("recording.after", \.recording.after, .age(1...3600)),
        ConfigurationKey("recording.kept", \.recording.kept, .size(1 << 20...64 << 40)),
        ConfigurationKey("recording.filter", \.recording.filter, .line("a pcap-filter(7) expression")),
        ConfigurationKey("recording.containers", \.recording.containers, listOf: .namePattern, limit: 64),
    ]

    private static let cases: [ConfigurationKey] = [
        ConfigurationKey("cases.severity", \.cases.severity, .integer(0...100), .atOnce),
        ConfigurationKey("cases.size", \.cases.size, .size(1 << 20...64 << 40), .atOnce),
        ConfigurationKey("cases.count", \.cases.count, .integer(0...1024), .atOnce),
    ]

    private static func retention(
        _ name: String,
        _ age: any WritableKeyPath<Configuration, Duration> & Sendable,
        _ size: any WritableKeyPath<Configuration, Int> & Sendable
    ) -> [ConfigurationKey] {
        [
            ConfigurationKey("store.\(name).age", age, .age(3600...3650 * 86_400), .atOnce),
            ConfigurationKey("store.\(name).size", size, .size(1 << 20...64 << 40), .atOnce),
        ]
    }

    /// The key with this path; nil when there is none.
    package static func key(_ path: String) -> ConfigurationKey? {
        keys.first { $0.path == path }
    }

    /// The names that may stand in a section, the empty path being the whole; empty when there is no such section.
    package static func names(in section: String) -> [String] {
        let prefix = section.isEmpty ? "" : section + "."
        var names: [String] = []
        for key in keys where key.path.hasPrefix(prefix) {
            let name = String(key.path.dropFirst(prefix.count).prefix { $0 != "." })
            if names.last != name { names.append(name) }
        }
        return names
    }

    /// The one key whose path ends in a name; nil when there is none, or more than one.
    static func path(ending name: String) -> String? {
        let elsewhere = keys.filter { $0.path.hasSuffix(".\(name)") }
        return elsewhere.count == 1 ? elsewhere.first?.path : nil
    }
}
