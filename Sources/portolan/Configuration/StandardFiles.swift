import Glibc

/// Where files are looked for when nobody says where: for root those of the service; for anybody else his own, where the XDG Base
/// Directory Specification has them.
enum StandardFiles {
    static var configuration: String {
        own("portolan/portolan.yaml", in: "XDG_CONFIG_HOME", or: ".config") ?? "/etc/portolan/portolan.yaml"
    }

    /// Where an agent answers.
    static var socket: String { own("portolan.sock", in: "XDG_RUNTIME_DIR") ?? "/run/portolan/portolan.sock" }

    /// Where an agent remembers.
    static var database: String {
        own("portolan/portolan.db", in: "XDG_STATE_HOME", or: ".local/state") ?? "/var/lib/portolan/portolan.db"
    }

    /// Where an agent writes packets down.
    static var recordings: String {
        own("portolan/recordings", in: "XDG_STATE_HOME", or: ".local/state") ?? "/var/lib/portolan/recordings"
    }

    /// A file of somebody who is not root; nil for root, and where no variable says where he has his.
    private static func own(_ name: String, in variable: String, or below: String? = nil) -> String? {
        if geteuid() == 0 { return nil }
        // A path that is not absolute is to be ignored.
        if let folder = folder(variable) { return "\(folder)/\(name)" }
        guard let below, let home = folder("HOME") else { return nil }
        return "\(home)/\(below)/\(name)"
    }

    private static func folder(_ variable: String) -> String? {
        guard let value = unsafe getenv(variable).map({ unsafe String(cString: $0) }), value.hasPrefix("/") else {
            return nil
        }
        return value
    }
}
