/// What this process may not do, and what a live session is without it. capabilities(7).
struct LiveRights {
    private let missing: [Capability]

    /// Reads those of this process; where they cannot be read nothing lacks.
    init() {
        self.init(effective: HostFacts.capabilities(inStatus: TextFile.contents("/proc/self/status") ?? "") ?? .max)
    }

    /// Without the right to capture there is no session, so that one is not asked for here.
    init(effective: UInt64) {
        missing = Capability.allCases.filter { $0 != .netRaw && effective >> $0.rawValue & 1 == 0 }
    }

    /// A line for each that lacks, and one on what to do.
    var lines: [String] {
        if missing.isEmpty { return [] }
        return missing.map { "without \($0.name) \($0.cost)" } + ["portolan doctor says what mends that"]
    }

    /// Whether those lines say all that a remark says.
    func explains(_ remark: String) -> Bool { !missing.isEmpty && Self.isOfRights(remark) }

    /// Whether a remark is of something that was not allowed.
    static func isOfRights(_ remark: String) -> Bool {
        ["CAP_", "not permitted", "denied"].contains { remark.contains($0) }
    }
}
