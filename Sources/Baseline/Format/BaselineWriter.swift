/// Writes a baseline as YAML, which people read and `BaselineReader` reads: the same baseline gives the same bytes.
struct BaselineWriter {
    private let names: WorkloadNames
    private var lines = YAMLLines()

    /// The version of the format.
    static var version: Int { 1 }

    static func text(_ baseline: Baseline) -> String {
        var writer = Self(names: WorkloadNames(baseline))
        writer.write(baseline)
        return writer.lines.text
    }

    private init(names: WorkloadNames) { self.names = names }

    private mutating func write(_ baseline: Baseline) {
        lines.comment("What workloads did while this was learned. portolan's Docs/Baseline.md has what each key means.")
        lines.pair("version", Self.version)
        if let span = baseline.span {
            lines.pair("first", word: MomentText.text(span.lowerBound))
            lines.pair("last", word: MomentText.text(span.upperBound))
        }
        lines.pair("conversations", baseline.conversations)
        lines.pair("unanswered", baseline.unanswered)
        lines.pair("omitted", baseline.omitted)
        lines.section("loss") { lines in
            if let received = baseline.loss.received { lines.pair("received", received) }
            if let dropped = baseline.loss.dropped { lines.pair("dropped", dropped) }
            lines.pair("gaps", baseline.loss.gaps)
        }
        let names = names
        lines.list("profiles", baseline.profiles) { Self.write($1, names, to: &$0) }
    }

    private static func write(_ profile: Profile, _ names: WorkloadNames, to lines: inout YAMLLines) {
        lines.pair("name", word: names[profile.workload])
        lines.section("workload") { write(profile.workload, to: &$0) }
        write(profile.seen, to: &lines)
        lines.pair("fan_out", profile.fanOut)
        lines.pair("bytes_per_minute", profile.bytesPerMinute)
        if profile.lacks != Profile.Lacks() {
            lines.section("omitted") { lines in
                lines.pair("destinations", profile.lacks.destinations)
                lines.pair("names", profile.lacks.names)
                lines.pair("listeners", profile.lacks.listeners)
            }
        }
        lines.values("addresses", profile.addresses.map { "\"\($0)\"" })
        lines.list("destinations", profile.destinations) { write($1, names, to: &$0) }
        lines.list("callers", profile.callers) { write($1, names, to: &$0) }
        lines.list("names", profile.names) { lines, name in
            lines.pair("name", name.name)
            write(name.seen, to: &lines)
        }
        lines.list("listeners", profile.listeners) { lines, listener in
            write(listener.service, to: &lines)
            write(listener.seen, to: &lines)
        }
    }

    private static func write(_ workload: Workload, to lines: inout YAMLLines) {
        if let image = workload.image { lines.pair("image", image) }
        if let namespace = workload.namespace { lines.pair("namespace", namespace) }
        if let pod = workload.pod { lines.pair("pod", pod) }
        if let segment = workload.segment { lines.pair("segment", segment) }
        guard !workload.labels.isEmpty else { return }
        lines.section("labels") { lines in
            for label in workload.labels { lines.pair(label.key, label.value) }
        }
    }

    private static func write(_ peer: Profile.Peer, _ names: WorkloadNames, to lines: inout YAMLLines) {
        switch peer.exchange.place {
        case .workload(let workload): lines.pair("workload", word: names[workload])
        case .name(let name): lines.pair("name", name)
        case .network(let block): lines.pair("network", "\(block)")
        case .host: lines.pair("place", word: PlaceWord.host.rawValue)
        case .remoteHost: lines.pair("place", word: PlaceWord.remoteHost.rawValue)
        case .gateway: lines.pair("place", word: PlaceWord.gateway.rawValue)
        case .outside: lines.pair("place", word: PlaceWord.outside.rawValue)
        }
        write(peer.exchange.service, to: &lines)
        write(peer.seen, to: &lines)
        lines.values("addresses", peer.addresses.map { "\"\($0)\"" })
    }

    private static func write(_ service: Service, to lines: inout YAMLLines) {
        lines.pair("protocol", word: service.protocolWord)
        if let port = service.port { lines.pair("port", port) }
    }

    private static func write(_ seen: Occurrence, to lines: inout YAMLLines) {
        lines.pair("count", seen.count)
        lines.pair("first", word: MomentText.text(seen.first))
        lines.pair("last", word: MomentText.text(seen.last))
    }
}

/// Places that are neither a workload nor something by name or address, in a file.
enum PlaceWord: String, Hashable, Sendable, CaseIterable {
    case host, gateway, outside
    case remoteHost = "remote_host"

    var place: Place {
        switch self {
        case .host: .host
        case .remoteHost: .remoteHost
        case .gateway: .gateway
        case .outside: .outside
        }
    }
}
