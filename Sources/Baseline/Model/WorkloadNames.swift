/// What workloads are called where a name must be a word, and no two may be alike: a label of RFC 1123, in small letters.
struct WorkloadNames {
    private var names: [Workload: String] = [:]

    /// Letters at most, of the 63 that such a name may have: the rest is for what is added.
    private static var limit: Int { 48 }

    /// In the order of workloads, so that the same ones are always called the same.
    init(_ workloads: [Workload]) {
        var taken: Set<String> = []
        for workload in workloads.sorted() {
            let base = Self.word(workload)
            var (name, number) = (base, 2)
            while !taken.insert(name).inserted {
                name = "\(base)-\(number)"
                number += 1
            }
            names[workload] = name
        }
    }

    init(_ baseline: Baseline) { self.init(baseline.profiles.map(\.workload)) }

    subscript(workload: Workload) -> String { names[workload] ?? Self.word(workload) }

    private static func word(_ workload: Workload) -> String {
        if let segment = workload.segment { return word("net-\(segment)") }
        let place =
            workload.namespace ?? workload.label("com.docker.compose.project")
            ?? workload.label("com.docker.stack.namespace")
        let keys = [
            "com.docker.compose.service", "com.docker.swarm.service.name", "app.kubernetes.io/name", "k8s-app", "app",
        ]
        let image = workload.image?.split(separator: "/").last.map(String.init)
        let what =
            keys.lazy.compactMap { workload.label($0) }.first ?? workload.pod ?? image ?? workload.labels.last?.value
        let parts = [place, what, workload.label("app.kubernetes.io/component")].compactMap { $0 }
        return word(parts.joined(separator: "-"))
    }

    /// Whether a text may be such a name.
    static func isWord(_ text: String) -> Bool {
        1...63 ~= text.utf8.count && text.utf8.first != 0x2d && text.utf8.last != 0x2d
            && text.utf8.allSatisfy { 0x61...0x7a ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2d }
    }

    /// Letters and digits of a text, and one hyphen for whatever is between them.
    static func word(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 where bytes.count < limit {
            switch byte {
            case 0x61...0x7a, 0x30...0x39: bytes.append(byte)
            case 0x41...0x5a: bytes.append(byte | 0x20)
            default: if let last = bytes.last, last != 0x2d { bytes.append(0x2d) }
            }
        }
        while bytes.last == 0x2d { bytes.removeLast() }
        return bytes.isEmpty ? "workload" : String(decoding: bytes, as: UTF8.self)
    }
}
