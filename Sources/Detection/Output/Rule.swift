/// What may be found. Its identifier is stable: policies, alerts and their readers go by it.
package enum Rule: String, Hashable, Sendable, CaseIterable {
    case verticalScan = "scan.vertical"
    case horizontalScan = "scan.horizontal"
    case blockScan = "scan.block"
    case pingSweep = "sweep.ping"

    /// What people call it.
    package var name: String {
        switch self {
        case .verticalScan: "Ports of one host tried"
        case .horizontalScan: "One port of many hosts tried"
        case .blockScan: "Ports of many hosts tried"
        case .pingSweep: "Hosts looked for with pings"
        }
    }

    /// The value of `rule.category`.
    package var category: String { "scan" }

    /// Of MITRE's ATT&CK.
    package var technique: String {
        switch self {
        case .verticalScan, .horizontalScan, .blockScan: "T1046"
        case .pingSweep: "T1018"
        }
    }

    /// 0 to 100, of a subject that is one of ours.
    var severity: Int {
        switch self {
        case .verticalScan, .horizontalScan, .blockScan: 70
        case .pingSweep: 50
        }
    }
}
