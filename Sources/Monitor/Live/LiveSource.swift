import Addressing
import Capture
import Containers

/// One open capture, by reference: several are kept in a list.
final class LiveSource {
    var capture: LiveCapture
    /// What its frames have as their interface.
    let number: UInt32
    let namespace: NetworkNamespace
    /// Whether it sees all interfaces of its namespace.
    let seesAll: Bool
    /// What was counted when losses were looked at last.
    var counted = LiveStatistics()
    var hasFailed = false

    init(_ capture: consuming LiveCapture, number: UInt32, namespace: NetworkNamespace, seesAll: Bool) {
        self.capture = capture
        self.number = number
        self.namespace = namespace
        self.seesAll = seesAll
    }

    var isOver: Bool { hasFailed || capture.ending != nil }
}
