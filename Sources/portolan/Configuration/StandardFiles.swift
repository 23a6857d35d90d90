import Glibc

/// Where files are looked for when nobody says where.
enum StandardFiles {
    /// For root that of the service; for anybody else one of his own, where the XDG Base Directory Specification has it.
    static var configuration: String {
        let system = "/etc/portolan/portolan.yaml"
        if geteuid() == 0 { return system }
        // A path that is not absolute is to be ignored.
        if let folder = variable("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return "\(folder)/portolan/portolan.yaml" }
        guard let home = variable("HOME"), home.hasPrefix("/") else { return system }
        return "\(home)/.config/portolan/portolan.yaml"
    }

    /// Where an agent answers: for root the socket of the service, for anybody else one of his own.
    static var socket: String {
        let system = "/run/portolan/portolan.sock"
        guard geteuid() != 0, let folder = variable("XDG_RUNTIME_DIR"), folder.hasPrefix("/") else { return system }
        return "\(folder)/portolan.sock"
    }

    /// Where an agent remembers.
    static var database: String {
        let system = "/var/lib/portolan/portolan.db"
        if geteuid() == 0 { return system }
        if let folder = variable("XDG_STATE_HOME"), folder.hasPrefix("/") { return "\(folder)/portolan/portolan.db" }
        guard let home = variable("HOME"), home.hasPrefix("/") else { return system }
        return "\(home)/.local/state/portolan/portolan.db"
    }

    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
