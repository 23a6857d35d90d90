import Flows
import Wire

/// A service whose clients can do anything, or see secrets, spoken without TLS.
struct ManagementService {
    /// As a sentence has it.
    let name: String

    /// Nil of everything else. A port alone says nothing: bytes have to.
    init?(_ fact: FlowFact) {
        switch fact.application {
        case .telnet: name = "telnet"
        case .vnc: name = "VNC"
        case .http, .http2:
            // A TLS server that says so to a client without.
            if fact.words?.httpStatus == 400 { return nil }
            guard let name = Self.name(ofPort: fact.port) ?? Self.name(ofPath: fact.words?.httpPath) else { return nil }
            self.name = name
        default: return nil
        }
    }

    static func name(ofPort port: UInt16) -> String? {
        switch port {
        case 2375: "Docker's API"
        case 2379, 2380: "etcd"
        case 10_250, 10_255: "the kubelet's API"
        default: nil
        }
    }

    /// Docker's API is told by its paths, wherever it listens.
    private static func name(ofPath path: String?) -> String? {
        guard let path, path.hasPrefix("/v1.") else { return nil }
        let words = path.split(separator: "?").first?.split(separator: "/") ?? []
        guard words.count > 1, words[0].dropFirst(3).allSatisfy(\.isNumber), words[0].count > 3 else { return nil }
        let objects = [
            "containers", "images", "exec", "networks", "volumes", "build", "info", "events", "secrets", "swarm",
        ]
        return objects.contains { $0 == words[1] } ? "Docker's API" : nil
    }
}
