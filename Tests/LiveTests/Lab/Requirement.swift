import Foundation
import Glibc
import Testing

/// What a live test needs of the machine.
enum Requirement: String, CaseIterable, Sendable {
    /// Root, iproute2, busybox, Python: nodes and kernel pods.
    case nodes
    case docker
    /// containerd with CRI and the CNI plugins.
    case containerd
    /// Whoever else has rules in the kernel: Docker, podman, firewalld's code.
    case neighbours
    /// Docker, a clock that can be moved, and who reads what is written.
    case tutorial
    /// tmux, and nothing of the kernel.
    case screen

    private var programs: [String] {
        let own = ["/usr/bin/python3", "/usr/bin/busybox", "/usr/bin/nsenter", "ip", "bridge", "nft"]
        return switch self {
        case .nodes: own
        case .screen: ["/usr/bin/tmux", "/bin/bash"]
        case .tutorial:
            own + [
                "dockerd", "docker", "runc", "iptables", "/usr/bin/faketime", "/usr/bin/tshark", "/usr/bin/chromium",
            ]
        case .docker: own + ["dockerd", "docker", "runc", "iptables"]
        case .neighbours:
            own + [
                "dockerd", "docker", "runc", "iptables-restore", "podman", "/usr/lib/podman/netavark",
                "/usr/lib/python3/dist-packages/firewall", "/usr/lib/python3/dist-packages/nftables",
            ]
        case .containerd:
            own + ["containerd", "ctr", "runc", "/usr/lib/cni/bridge", "/usr/lib/python3/dist-packages/grpc"]
        }
    }

    /// What is not there, in words; nil when nothing lacks.
    var lack: String? {
        if self != .screen {
            guard geteuid() == 0 else { return "live tests need root" }
            guard Self.mayMakeNamespaces else { return "live tests need CAP_SYS_ADMIN and CAP_NET_ADMIN" }
        }
        let folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
        for program in programs {
            let paths = program.hasPrefix("/") ? [program] : folders.map { "\($0)/\(program)" }
            if !paths.contains(where: FileManager.default.fileExists) { return "\(program) is missing: make test-deps" }
        }
        return nil
    }

    /// Whether root is root, which it is not in most containers. capabilities(7): 12 is CAP_NET_ADMIN, 21 CAP_SYS_ADMIN.
    private static var mayMakeNamespaces: Bool {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") } ?? ""
        let capabilities = UInt64(line.dropFirst("CapEff:".count).trimmingCharacters(in: .whitespaces), radix: 16) ?? 0
        return capabilities >> 12 & capabilities >> 21 & 1 == 1
    }

    /// Whether this is CI, where nothing may be skipped.
    static var isCI: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

    /// Whether a test with such a lack runs: in CI always, so that it fails there.
    static func runs(lack: String?, isCI: Bool) -> Bool { isCI || lack == nil }
}

extension Trait where Self == ConditionTrait {
    /// Skips, and says why, where something lacks; but not in CI.
    static func needs(_ requirement: Requirement) -> Self {
        let lack = requirement.lack
        return .enabled(if: Requirement.runs(lack: lack, isCI: Requirement.isCI), "\(lack ?? "nothing lacks")")
    }
}
