/// One component of a control group's path, by its own name alone.
enum CgroupComponent {
    /// A container's own directory; `runtime` when the prefix tells, and the pod that systemd's escaped form carries
    /// along.
    case container(ArraySlice<UInt8>, runtime: ContainerRuntime?, pod: String?)
    /// 64 hexadecimal digits and nothing else: mostly a container.
    case bare(ArraySlice<UInt8>)
    /// What looks after a container and is not in it.
    case supervisor
    /// A Kubernetes pod of this uid.
    case pod(String)
    /// A podman pod of this identifier.
    case podmanPod(ArraySlice<UInt8>)
    case other

    /// `inKubepods` says that a component above is Kubernetes' own: there any `podX` is a pod, elsewhere only one whose
    /// uid looks like one.
    init(_ name: ArraySlice<UInt8>, inKubepods: Bool) {
        if name.count < 4 {
            self = .other
        } else if name.isContainerIdentifier {
            self = .bare(name)
        } else if let container = Self.suffixed(name) {
            self = container
        } else if let pod = Self.pod(of: name, inKubepods: inKubepods) {
            self = pod
        } else {
            self = .other
        }
    }

    /// `docker-<id>.scope`, `crio-<id>`, `kubepods-pod<uid>.slice:cri-containerd:<id>`.
    private static func suffixed(_ name: ArraySlice<UInt8>) -> Self? {
        let name = name.hasSuffix(".scope") ? name.dropLast(6) : name
        let identifier = name.suffix(64)
        guard name.count > 65, identifier.isContainerIdentifier else {
            return name.hasSuffix("conmon") && name.count < 20 ? .supervisor : nil
        }
        let before = identifier.startIndex - 1
        switch name[before] {
        case UInt8(ascii: "-"), UInt8(ascii: "_"):
            let prefix = name[..<before]
            if prefix.hasSuffix("conmon") { return .supervisor }
            if prefix.hasSuffix("libpod_pod") { return .podmanPod(identifier) }
            return .container(identifier, runtime: runtime(of: prefix), pod: nil)
        case UInt8(ascii: ":"):
            // runc told to use cgroupfs by a kubelet that thinks in slices: one directory named
            // slice:prefix:identifier.
            guard let colon = name[..<before].lastIndex(of: UInt8(ascii: ":")) else { return nil }
            var pod: String?
            if case .pod(let identifier)? = Self.pod(of: name[..<colon], inKubepods: true) { pod = identifier }
            return .container(identifier, runtime: runtime(of: name[(colon + 1)..<before]), pod: pod)
        default:
            return nil
        }
    }

    private static func runtime(of prefix: ArraySlice<UInt8>) -> ContainerRuntime? {
        for (name, runtime) in prefixes where prefix.elementsEqual(name.utf8) { return runtime }
        return nil
    }

    private static let prefixes: [(String, ContainerRuntime)] = [
        ("docker", .docker), ("cri-containerd", .containerd), ("crio", .crio), ("libpod", .podman),
        ("libpod-payload", .podman), ("nerdctl", .containerd),
    ]

    /// `pod<uid>` of cgroupfs, `kubepods-besteffort-pod<uid_with_underscores>.slice` of systemd.
    private static func pod(of name: ArraySlice<UInt8>, inKubepods: Bool) -> Self? {
        if name.hasSuffix(".slice") {
            let name = name.dropLast(6)
            if name.count > 65, case .podmanPod(let identifier)? = suffixed(name) { return .podmanPod(identifier) }
            guard name.starts(with: "kube".utf8), let start = name.lastStart(of: "-pod") else { return nil }
            return uid(name[(start + 4)...]).map(Self.pod)
        }
        guard name.starts(with: "pod".utf8) else { return nil }
        let rest = name.dropFirst(3)
        return inKubepods || rest.looksLikePodIdentifier ? uid(rest).map(Self.pod) : nil
    }

    /// systemd's names write `_` where the uid has `-`.
    private static func uid(_ bytes: ArraySlice<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.count <= 128, bytes.allSatisfy(\.isNameByte) else { return nil }
        return String(decoding: bytes.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }
}
