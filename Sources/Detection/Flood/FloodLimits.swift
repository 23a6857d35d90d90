import Policy

/// How many failures at one target, in ten to twenty seconds, are a flood. A policy may set each, under `flood`.
struct FloodLimits: Sendable {
    private let syn: Int
    private let tcp: Int
    private let udp: Int
    private let icmp: Int
    private let reflection: Int
    /// How many times that it takes where something succeeded before.
    private let trust: Int

    static let thresholds: [String: RuleCatalog.Threshold] = [
        "syn": RuleCatalog.Threshold(.count, 20...1_000_000),
        "tcp": RuleCatalog.Threshold(.count, 20...1_000_000),
        "udp": RuleCatalog.Threshold(.count, 20...1_000_000),
        "icmp": RuleCatalog.Threshold(.count, 20...1_000_000),
        "reflection": RuleCatalog.Threshold(.count, 20...1_000_000),
        "trust": RuleCatalog.Threshold(.count, 1...100),
    ]

    init(_ thresholds: Thresholds = Thresholds()) {
        func number(_ name: String, or own: Int) -> Int { thresholds.number("flood", name, or: own) }
        syn = number("syn", or: 150)
        tcp = number("tcp", or: 300)
        icmp = number("icmp", or: 300)
        reflection = number("reflection", or: 300)
        // Whoever logs or measures over UDP may use a socket each time, and wants no answer.
        udp = number("udp", or: 1500)
        trust = number("trust", or: 4)
    }

    /// `isTrusted`: whether something succeeded there before, so that nothing does may be a service that is down.
    func floor(of kind: FloodKey.Kind, isTrusted: Bool) -> Int {
        let floor =
            switch kind {
            case .syn: syn
            case .tcp: tcp
            case .udp: udp
            case .icmp: icmp
            case .reflection: reflection
            }
        return isTrusted ? floor * trust : floor
    }
}
