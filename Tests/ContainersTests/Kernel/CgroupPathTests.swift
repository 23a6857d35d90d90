import Testing

@testable import Containers

@Suite("Cgroup path") struct CgroupPathTests {
    static let a = String(repeating: "a1b2c3d4", count: 8)
    static let b = String(repeating: "0123cdef", count: 8)
    static let uid = "6a2b3c4d-1122-3344-5566-77889900aabb"
    static let escaped = "6a2b3c4d_1122_3344_5566_77889900aabb"
    static let slice = "/kubepods.slice/kubepods-pod\(escaped).slice"
    static let burstable = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod\(escaped).slice"
    static let kubelet = "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod\(escaped).slice"
    static let user = "/user.slice/user-1000.slice/user@1000.service"

    struct Style: Sendable, CustomTestStringConvertible {
        let seen: String
        let path: String
        var identifier = a
        var runtime: ContainerRuntime?
        var pod: String?
        /// What follows the container's own directory.
        var below = ""
        var enclosing: [String] = []
        var testDescription: String { seen }
    }

    static let docker: [Style] = [
        Style(seen: "Docker, cgroupfs driver", path: "/docker/\(a)", runtime: .docker),
        Style(seen: "Docker, systemd driver", path: "/system.slice/docker-\(a).scope", runtime: .docker),
        Style(seen: "Docker rootless", path: "\(user)/user.slice/docker-\(a).scope", runtime: .docker),
        Style(seen: "Docker, --cgroup-parent", path: "/kubepods/besteffort/podX/\(a)", pod: "X"),
        Style(seen: "Docker, --cgroup-parent of one's own", path: "/batch/jobs/\(a)"),
        Style(
            seen: "systemd inside a container",
            path: "/docker/\(a)/init.scope",
            runtime: .docker,
            below: "/init.scope"
        ),
        Style(
            seen: "BuildKit in dockerd",
            path: "/docker/buildkit/x1z7pezt3kqcnhmz0m2gk5xyy",
            identifier: "x1z7pezt3kqcnhmz0m2gk5xyy",
            runtime: .docker
        ),
        Style(seen: "Amazon ECS on EC2", path: "/ecs/0123456789abcdef0123456789abcdef/\(a)"),
        Style(
            seen: "Amazon ECS with systemd",
            path: "/ecstasks.slice/ecstasks-0123456789abcdef0123456789abcdef.slice/docker-\(a).scope",
            runtime: .docker
        ),
        Style(
            seen: "Amazon Fargate",
            path: "/ecs/0123456789abcdef0123456789abcdef/0123456789abcdef0123456789abcdef-2531612879",
            identifier: "0123456789abcdef0123456789abcdef-2531612879"
        ),
    ]

    static let kubernetes: [Style] = [
        Style(seen: "kubelet, cgroupfs, BestEffort", path: "/kubepods/besteffort/pod\(uid)/\(a)", pod: uid),
        Style(seen: "kubelet, cgroupfs, Guaranteed", path: "/kubepods/pod\(uid)/\(a)", pod: uid),
        Style(
            seen: "a static pod",
            path: "/kubepods/burstable/pod0123456789abcdef0123456789abcdef/\(a)",
            pod: "0123456789abcdef0123456789abcdef"
        ),
        Style(
            seen: "containerd, systemd",
            path:
                "\(burstable)/cri-containerd-\(a).scope",
            runtime: .containerd,
            pod: uid
        ),
        Style(
            seen: "containerd, systemd, Guaranteed",
            path: "\(slice)/cri-containerd-\(a).scope",
            runtime: .containerd,
            pod: uid
        ),
        Style(
            seen: "dockershim, systemd",
            path: "\(slice)/docker-\(a).scope",
            runtime: .docker,
            pod: uid
        ),
        Style(
            seen: "CRI-O, systemd",
            path: "\(slice)/crio-\(a).scope",
            runtime: .crio,
            pod: uid
        ),
        Style(
            seen: "CRI-O with crun",
            path: "\(slice)/crio-\(a).scope/container",
            runtime: .crio,
            pod: uid,
            below: "/container"
        ),
        Style(seen: "CRI-O, cgroupfs", path: "/kubepods/besteffort/pod\(uid)/crio-\(a)", runtime: .crio, pod: uid),
        Style(seen: "kubelet with --cgroup-root", path: "/kubelet/kubepods/besteffort/pod\(uid)/\(a)", pod: uid),
        Style(
            seen: "kubelet.slice",
            path:
                "\(kubelet)/cri-containerd-\(a).scope",
            runtime: .containerd,
            pod: uid
        ),
        Style(
            seen: "a slice driver against cgroupfs",
            path: "/system.slice/containerd.service/kubepods-burstable-pod\(escaped).slice:cri-containerd:\(a)",
            runtime: .containerd,
            pod: uid
        ),
    ]

    static let podmanAndContainerd: [Style] = [
        Style(seen: "podman, systemd", path: "/machine.slice/libpod-\(a).scope", runtime: .podman),
        Style(
            seen: "podman with crun",
            path: "/machine.slice/libpod-\(a).scope/container",
            runtime: .podman,
            below: "/container"
        ),
        Style(seen: "podman, cgroupfs", path: "/libpod_parent/libpod-\(a)", runtime: .podman),
        Style(seen: "podman pod, cgroupfs", path: "/libpod_parent/\(b)/libpod-\(a)", runtime: .podman, pod: b),
        Style(seen: "podman pod, other parent", path: "/batch/\(b)/libpod-\(a)", runtime: .podman, pod: b),
        Style(
            seen: "podman pod, systemd",
            path: "/machine.slice/machine-libpod_pod_\(b).slice/libpod-\(a).scope",
            runtime: .podman,
            pod: b
        ),
        Style(
            seen: "podman rootless",
            path: "\(user)/user.slice/libpod-\(a).scope/container",
            runtime: .podman,
            below: "/container"
        ),
        Style(
            seen: "podman rootless pod",
            path: "\(user)/user.slice/user-libpod_pod_\(b).slice/libpod-\(a).scope",
            runtime: .podman,
            pod: b
        ),
        Style(seen: "podman, Quadlet", path: "/system.slice/web.service/libpod-payload-\(a)", runtime: .podman),
        Style(seen: "nerdctl, systemd", path: "/system.slice/nerdctl-\(a).scope", runtime: .containerd),
        Style(seen: "nerdctl, cgroupfs", path: "/default/\(a)", runtime: .containerd),
        Style(seen: "ctr", path: "/default/t1", identifier: "t1", runtime: .containerd),
        Style(
            seen: "ctr, with groups of its own",
            path: "/k8s.io/my.pod-1/x/y",
            identifier: "my.pod-1",
            runtime: .containerd,
            below: "/x/y"
        ),
    ]

    static let nested: [Style] = [
        Style(seen: "Docker in Docker", path: "/docker/\(b)/docker/\(a)", runtime: .docker, enclosing: [b]),
        Style(seen: "kind", path: "/docker/\(b)/kubelet/kubepods/besteffort/pod\(uid)/\(a)", pod: uid, enclosing: [b]),
        Style(
            seen: "kind, systemd",
            path:
                "/system.slice/docker-\(b).scope\(kubelet)/cri-containerd-\(a).scope",
            runtime: .containerd,
            pod: uid,
            enclosing: [b]
        ),
        Style(
            seen: "podman in Docker, at its root",
            path: "/docker/\(b)/libpod-\(a)",
            runtime: .podman,
            enclosing: [b]
        ),
        Style(
            seen: "ctr in Docker",
            path: "/docker/\(b)/default/t1",
            identifier: "t1",
            runtime: .containerd,
            enclosing: [b]
        ),
        Style(
            seen: "conmon of a CRI-O in Docker",
            path: "/docker/\(a)/kubepods/pod\(uid)/crio-conmon-\(b)",
            runtime: .docker,
            pod: uid,
            below: "/kubepods/pod\(uid)/crio-conmon-\(b)"
        ),
    ]

    @Test(arguments: docker + kubernetes + podmanAndContainerd + nested)
    func knowsTheStyle(style: Style) throws {
        let read = CgroupPath(style.path)
        let container = try #require(read.container)
        #expect(read.path == style.path)
        #expect(container.identifier == style.identifier)
        #expect(container.runtime == style.runtime)
        #expect(container.podIdentifier == style.pod)
        #expect(container.path + style.below == style.path)
        #expect(container.enclosing == style.enclosing)
    }

    @Test(arguments: docker + kubernetes + podmanAndContainerd + nested)
    func takesOffWhatAPrivateNamespacePutsBefore(style: Style) {
        #expect(CgroupPath("/.." + style.path) == CgroupPath(style.path))
        #expect(CgroupPath("/../../.." + style.path) == CgroupPath(style.path))
        #expect(CgroupPath(style.path + " (deleted)") == CgroupPath(style.path))
    }

    static let none = [
        "/", "", "/..", "/init.scope", "/user.slice/user-0.slice/session-1.scope", "/system.slice/docker.service",
        "/docker",
        "/system.slice/var-lib-docker-overlay2-\(a)-merged.mount", "/system.slice/\(a).service",
        "/system.slice/\(a).timer",
        "/docker/\(a.dropLast())", "/docker/\(a)0", "/docker/\(a.uppercased())", "/docker-\(a).slice",
        "/process_api/0123456789abcdef0123456789abcdef",
        "/kubepods/besteffort/pod\(uid)", "/kubepods.slice/kubepods-pod\(escaped).slice", "/libpod_parent/\(a)",
        "/libpod_parent/\(a)/conmon",
        "/machine.slice/machine-libpod_pod_\(a).slice", "/machine.slice/libpod-conmon-\(a).scope",
        "/libpod_parent/conmon",
        "\(slice)/crio-conmon-\(a).scope", "/kubepods/pod\(uid)/crio-conmon-\(a)",
        "/libpod_parent/libpod-\(a)/conmon",
        "/default", "/default/x.slice", "/default/x.service", "/default/.x", "/default/a b", "/other/t1",
        "/x/default/t1", "/system.slice/default/t1",
        "/\(a.dropLast(4))€", "/docker/x-\(a.dropFirst())", "/x\(a)", "/ecs/x-1",
    ]

    @Test(arguments: none) func thisIsNoContainer(path: String) {
        #expect(CgroupPath(path).container == nil)
    }

    @Test func containerdNamespacesCanBeNamed() {
        #expect(CgroupPath("/prod/t1", namespaces: ["prod"]).container?.identifier == "t1")
        #expect(CgroupPath("/default/t1", namespaces: ["prod"]).container == nil)
    }

    @Test func theRootIsASlash() {
        for path in ["", "/", "/..", "/../..", "//"] { #expect(CgroupPath(path).path == "/") }
        #expect(CgroupPath("/..x/y").path == "/..x/y")
    }

    @Test func aPathThatIsTooLongIsCutAndDoesNotMislead() {
        let deep = String(repeating: "/\(Self.a)", count: 100)
        let read = CgroupPath(deep)
        #expect(read.path.utf8.count <= 4096)
        #expect(read.container?.enclosing.count == 7)
        // Cut in the midst of an identifier, nothing is left that looks like one.
        let cut = "/" + String(repeating: "x", count: 4096 - 40) + "/" + Self.a
        #expect(CgroupPath(cut).container == nil)
    }

    @Test func bytesThatAreNoUTF8AreRepaired() {
        let bytes: [UInt8] = [0x2f, 0xff, 0xfe, 0x0a, 0x2f] + Array("docker-\(Self.a).scope".utf8)
        let read = CgroupPath(bytes: bytes[...])
        #expect(read.path == "/\u{fffd}\u{fffd}\n/docker-\(Self.a).scope")
        #expect(read.container?.identifier == Self.a)
    }

    @Test(arguments: 0..<64) func anythingCanBeRead(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let pieces = [
            "/", "-", ":", ".scope", ".slice", "docker", "libpod", "pod", "kubepods", Self.a, Self.uid, "conmon",
            "default", "..", "\0", "€",
        ]
        for _ in 0..<200 {
            var bytes: [UInt8] = []
            for _ in 0..<Int(numbers.next() % 12) {
                let pick = Int(numbers.next() % UInt64(pieces.count + 2))
                bytes += pick < pieces.count ? Array(pieces[pick].utf8) : numbers.bytes(Int(numbers.next() % 70))
            }
            let container = CgroupPath(bytes: bytes[...]).container
            #expect(container.map { $0.identifier.count <= 76 && !$0.identifier.isEmpty } ?? true)
            _ = CgroupMembership(text: bytes[...])
            _ = ProcessStat(bytes[...])
        }
    }
}
