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

    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
