import Addressing

/// Who is meant by an end of a NetworkPolicy's rule.
enum NetworkPeer {
    case pods(PodSelector, namespace: String?)
    case block(String, except: [String])

    /// What stands for a place. Names are not known to Kubernetes: the addresses seen stand for them. None where nothing does.
    static func all(of place: Place, _ peers: [Profile.Peer], in baseline: Baseline) -> [Self] {
        let seen = Set(peers.flatMap(\.addresses)).sorted()
        switch place {
        case .workload(let workload):
            if let selector = PodSelector(workload), workload.namespace.map({ WorkloadNames.isWord($0) }) ?? true {
                return [.pods(selector, namespace: workload.namespace)]
            }
            if let block = workload.segment.flatMap({ IPPrefix($0) }) { return [block].map { Self($0) } }
            return (baseline.profile(of: workload)?.addresses ?? []).compactMap { IPPrefix(alone: $0) }.map { Self($0) }
        case .network(let block): return [Self(block)]
        case .outside:
            var all: [Self] = []
            if seen.contains(where: { !$0.isIPv6 }) {
                all.append(.block("0.0.0.0/0", except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]))
            }
            if seen.contains(where: \.isIPv6) { all.append(.block("::/0", except: ["fc00::/7"])) }
            return all
        case .name, .host, .remoteHost, .gateway: return seen.compactMap { IPPrefix(alone: $0) }.map { Self($0) }
        }
    }

    private init(_ block: IPPrefix) { self = .block("\(block.address)/\(block.length)", except: []) }

    func write(to lines: inout YAMLLines) {
        switch self {
        case .pods(let selector, let namespace):
            selector.write("podSelector", to: &lines)
            guard let namespace else { return }
            lines.section("namespaceSelector") { lines in
                lines.section("matchLabels") { $0.pair("kubernetes.io/metadata.name", namespace) }
            }
        case .block(let block, let except):
            lines.section("ipBlock") { lines in
                lines.pair("cidr", block)
                lines.values("except", except.map { YAMLLines.quoted($0) })
            }
        }
    }
}

extension IPPrefix {
    /// The block of one address.
    init?(alone address: IPAddress) { self.init(address, length: address.isIPv6 ? 128 : 32) }
}
