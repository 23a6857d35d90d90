import Glibc

/// What this process may not do, and what is not known for that. capabilities(7).
struct InventoryRights {
    private let effective: UInt64

    private static let wanted: [(name: String, bit: UInt64)] = [
        ("CAP_NET_ADMIN", 12), ("CAP_SYS_PTRACE", 19), ("CAP_SYS_ADMIN", 21),
    ]

    /// Reads those of this process; where they cannot be read nothing lacks.
    init() {
        effective = Self.effectiveCapabilities ?? .max
    }

    init(effective: UInt64) {
        self.effective = effective
    }

    private var missing: [String] { Self.wanted.filter { effective >> $0.bit & 1 == 0 }.map(\.name) }

    /// In one line; nil when nothing lacks.
    var lack: String? {
        let missing = missing
        guard !missing.isEmpty else { return nil }
        let names =
            missing.dropLast().joined(separator: ", ") + (missing.count > 1 ? " and " : "") + missing[missing.count - 1]
        var fields: [String] = []
        if effective >> 12 & 1 == 0 { fields.append("interfaces, addresses") }
        if effective >> 19 & 1 == 0 { fields.append("namespaces, processes") }
        if effective >> 21 & 1 == 0 { fields.append("listening sockets") }
        return
            "without \(names) containers are listed with what else is known: not their \(fields.joined(separator: ", "))"
    }

    /// Whether that line says all that a remark says.
    func explains(_ remark: String) -> Bool {
        lack != nil && LiveRights.isOfRights(remark)
    }

    /// The line `CapEff:` of /proc/self/status. proc_pid_status(5).
    private static var effectiveCapabilities: UInt64? {
        let descriptor = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = unsafe read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let lines = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n")
        let digits = lines.first { $0.hasPrefix("CapEff:") }?.split(separator: "\t").last
        return digits.flatMap { UInt64($0, radix: 16) }
    }
}
