/// Remembers what texts of /proc/PID/cgroup were taken to mean: processes of one container all have the same.
struct CgroupMemory {
    private var known: [[UInt8]: CgroupMembership] = [:]
    private let namespaces: Set<String>

    /// Texts remembered; with more all are forgotten at once. 4,096 containers' worth take about 4 MB.
    static let limit = 4096

    init(namespaces: Set<String>) {
        self.namespaces = namespaces
    }

    mutating func membership(_ text: ArraySlice<UInt8>) -> CgroupMembership {
        let key = Array(text)
        if let membership = known[key] { return membership }
        let membership = CgroupMembership(text: text, namespaces: namespaces)
        if known.count >= Self.limit { known = [:] }
        known[key] = membership
        return membership
    }
}
