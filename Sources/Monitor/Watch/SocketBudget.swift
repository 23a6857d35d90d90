import Addressing
import Containers

/// How many sockets are asked for in a second, so that whoever opens many costs no more than that.
///
/// Half of them may be those of servers, as a scan of the host asks for one a port; a namespace of containers has its part.
struct SocketBudget {
    private var began: Timestamp?
    private var count = 0
    private var servers = 0
    private var byNamespace: [NetworkNamespace: Int] = [:]

    /// A question is some 10 µs of the kernel's time and ours.
    static var perSecond: Int { 1000 }
    static var serversPerSecond: Int { 500 }
    static var perSecondOfNamespace: Int { 250 }

    /// Whether one more may be asked at that time; `home` is the namespace that has no limit of its own.
    mutating func admits(_ question: SocketQuestion, home: NetworkNamespace, at now: Timestamp) -> Bool {
        // Also when the clock was set back.
        if began.map({ now < $0 || now.nanoseconds - $0.nanoseconds >= 1_000_000_000 }) ?? true {
            began = now
            count = 0
            servers = 0
            byNamespace.removeAll(keepingCapacity: true)
        }
        let namespace = question.key.namespace
        guard count < Self.perSecond, !question.isServer || servers < Self.serversPerSecond,
            namespace == home || byNamespace[namespace, default: 0] < Self.perSecondOfNamespace
        else { return false }
        count += 1
        if question.isServer { servers += 1 }
        if namespace != home { byNamespace[namespace, default: 0] += 1 }
        return true
    }
}
