import CLinux
import Capture
import Glibc
import Privilege
import Runtimes

/// Finds the facts out. Nothing on the host is changed: what must be made to be known is made in a network namespace of its
/// own, which goes away with its thread.
extension HostFacts {
    /// Looks at the host as this process sees it.
    static func gathered() -> Self {
        let capture = openCapture()
        let release = kernelRelease()
        let hasModules = unsafe access("/lib/modules/\(release)", F_OK) == 0
        return Self(
            kernelRelease: release,
            hasModules: hasModules,
            library: LiveLibrary.version,
            captureFailure: capture,
            features: features(),
            landlock: landlock,
            cgroupVersions: cgroupVersions(inMounts: TextFile.contents("/proc/self/mountinfo") ?? ""),
            seesHostProcesses: link("/proc/self/ns/pid").map { $0 == "pid:[\(0xefff_fffc as UInt32)]" },
            capabilities: capabilities(inStatus: TextFile.contents("/proc/self/status") ?? ""),
            isRoot: geteuid() == 0,
            executable: link("/proc/self/exe") ?? "portolan",
            runtimes: runtimes { unsafe getenv($0).map { unsafe String(cString: $0) } },
            speaksCRI: RuntimeSocket.Interface.cri.isBuiltIn
        )
    }

    /// Opens a capture of all interfaces and closes it again; what was said against it.
    private static func openCapture() -> String? {
        do throws(LiveCaptureError) {
            var options = LiveOptions()
            options.bufferSize = 512 << 10
            _ = try LiveCapture(interface: "any", options: options, number: 0)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private static func kernelRelease() -> String {
        TextFile.contents("/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map(String.init) ?? "unknown"
    }

    private static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink(path, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }

    /// Asks the kernel in a new network namespace; without the right to make one, only what can be asked here.
    private static func features() -> [KernelFeature: Presence] {
        let unknown = Presence.unknown("asking takes a network namespace, and that CAP_SYS_ADMIN")
        var features: [KernelFeature: Presence] = [:]
        for feature in KernelFeature.allCases { features[feature] = unknown }
        features[.socketCgroup] = presence(CLinux_probeSocketCgroup())
        guard let thread = try? PrivilegedThread() else { return features }
        defer { thread.end() }
        thread.perform {
            guard CLinux_newNetworkNamespace() == 0 else { return }
            for kind in [KernelFeature.veth, .bridge, .vxlan] {
                features[kind] = unsafe presence(CLinux_probeLinkKind(kind.rawValue))
            }
            features[.nftables] = presence(CLinux_probeNftables())
            features[.conntrack] = presence(CLinux_probeConntrack())
        }
        return features
    }

    private static var landlock: Landlock {
        let version = FileConfinement.version
        return version.number.map { .version($0) } ?? .refused(version.code)
    }

    private static func presence(_ answer: Int32) -> Presence {
        switch answer {
        case 1: .present
        case 0: .absent
        default: .unknown(unsafe String(cString: strerror(-answer)))
        }
    }
}
