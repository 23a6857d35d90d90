import Containers
import Foundation
import Glibc
import Runtimes
import Testing

@Suite("OCI bundles")
struct OCIBundleTests {
    private static let one = String(repeating: "1", count: 64)
    private static let two = String(repeating: "2", count: 64)
    private static let tasks = "/run/containerd/io.containerd.runtime.v2.task/k8s.io/"

    @Test func findsTheBundleInTheFolderOfItsShim() throws {
        let proc = try FakeProc()
        try proc.addBundle(Self.tasks + Self.one, pod: "web")
        try proc.add(50, parent: 1, cgroup: "0::/system.slice/containerd.service", folder: Self.tasks + Self.one)
        try proc.add(60, parent: 50, cgroup: "0::/kubepods/pod7/\(Self.one)")
        let bundle = try #require(OCIBundle.find(identifier: Self.one, process: 60, proc: proc.path))
        #expect(bundle.identifier == Self.one && bundle.description.pod == "web")
        #expect(bundle.description.runtime == .containerd)
    }

    /// One shim serves all containers of a pod; its folder is that of the first.
    @Test func findsTheBundleBesideTheOneOfItsShim() throws {
        let proc = try FakeProc()
        try proc.addBundle(Self.tasks + Self.one, pod: "first")
        try proc.addBundle(Self.tasks + Self.two, pod: "second")
        try proc.add(50, parent: 1, cgroup: "0::/", folder: Self.tasks + Self.one)
        try proc.add(60, parent: 50, cgroup: "3:cpu:/\n0::/kubepods.slice/cri-containerd-\(Self.two).scope")
        try proc.add(61, parent: 60, cgroup: "3:cpu:/\n0::/kubepods.slice/cri-containerd-\(Self.two).scope/inner")
        #expect(OCIBundle.find(identifier: Self.two, process: 61, proc: proc.path)?.description.pod == "second")
    }

    @Test func knowsDockerByItsNamespace() throws {
        let proc = try FakeProc()
        let folder = "/run/x/io.containerd.runtime.v2.task/moby/\(Self.one)"
        try proc.write(folder + "/config.json", "{}")
        try proc.add(50, parent: 1, cgroup: "0::/", folder: folder)
        try proc.add(60, parent: 50, cgroup: "0::/docker/\(Self.one)")
        #expect(OCIBundle.find(identifier: Self.one, process: 60, proc: proc.path)?.description.runtime == .docker)
    }

    @Test(arguments: [
        ["-c", one, "-b", "/b/\(one)", "-n", "web"], ["--cid=\(one)", "--bundle=/b/\(one)", "--name=web"],
    ])
    func findsTheBundleThatConmonWasGiven(options: [String]) throws {
        let proc = try FakeProc()
        try proc.write("/b/\(Self.one)/config.json", #"{"annotations":{"io.container.manager":"libpod"}}"#)
        try proc.add(50, parent: 1, cgroup: "0::/libpod_parent/conmon", command: ["/usr/bin/conmon"] + options)
        try proc.add(60, parent: 50, cgroup: "0::/libpod_parent/libpod-\(Self.one)")
        let bundle = try #require(OCIBundle.find(identifier: Self.one, process: 60, proc: proc.path))
        #expect(bundle.description.runtime == .podman && bundle.description.name == "web")
    }

    /// CRI-O's conmon runs in a group that bears the container's identifier too.
    @Test func tellsConmonsGroupFromTheContainers() throws {
        let proc = try FakeProc()
        try proc.addBundle("/b", pod: "web")
        try proc.add(
            50,
            parent: 1,
            cgroup: "0::/kubepods.slice/crio-conmon-\(Self.one).scope",
            command: ["conmon", "-c", Self.one, "-b", "/b"]
        )
        try proc.add(60, parent: 50, cgroup: "0::/kubepods.slice/crio-\(Self.one).scope")
        #expect(OCIBundle.find(identifier: Self.one, process: 60, proc: proc.path) != nil)
    }

    /// What runs in a container may call itself what it likes.
    @Test func believesNothingInsideTheContainer() throws {
        let proc = try FakeProc()
        try proc.addBundle("/forged", pod: "bank")
        try proc.addBundle(Self.tasks + Self.one, pod: "forged-too")
        let group = "0::/docker/\(Self.one)"
        try proc.add(40, parent: 1, cgroup: "0::/", command: ["containerd-shim"], folder: "/")
        try proc.add(
            50,
            parent: 40,
            cgroup: group,
            command: ["conmon", "-c", Self.one, "-b", "/forged"],
            folder: Self.tasks + Self.one
        )
        try proc.add(60, parent: 50, cgroup: group + "/deeper")
        #expect(OCIBundle.find(identifier: Self.one, process: 60, proc: proc.path) == nil)
        #expect(OCIBundle.find(identifier: Self.one, process: 50, proc: proc.path) == nil)
    }

    @Test func believesNoConmonOfAnotherContainer() throws {
        let proc = try FakeProc()
        try proc.addBundle("/b", pod: "web")
        try proc.add(50, parent: 1, cgroup: "0::/", command: ["conmon", "-c", Self.two, "-b", "/b"])
        #expect(OCIBundle.find(identifier: Self.one, starter: 50, proc: proc.path) == nil)
    }

    @Test func believesNoFolderThatIsNoShims() throws {
        let proc = try FakeProc()
        try proc.addBundle("/home/\(Self.one)", pod: "web")
        try proc.add(50, parent: 1, cgroup: "0::/", folder: "/home/\(Self.one)")
        #expect(OCIBundle.find(identifier: Self.one, starter: 50, proc: proc.path) == nil)
    }

    @Test(arguments: [
        "/run/containerd/io.containerd.runtime.v2.task/k8s.io/\(one)",
        "/run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/\(one)",
        "/run/docker/containerd/daemon/io.containerd.runtime.v2.task/moby/\(one)",
        "/run/containers/storage/overlay-containers/\(one)/userdata",
        "/var/lib/containers/storage/overlay-containers/\(one)/userdata",
    ])
    func findsTheBundleWhereRuntimesKeepThem(folder: String) throws {
        let proc = try FakeProc()
        try proc.addBundle(folder, pod: "web")
        let bundle = try #require(OCIBundle.find(identifier: Self.one, root: proc.root.path))
        #expect(bundle.description.pod == "web" || bundle.description.runtime == .crio)
        #expect(OCIBundle.find(identifier: Self.two, root: proc.root.path) == nil)
    }

    @Test(arguments: ["", "..", "../\(one)", "a/b", "."]) func refusesWhatCanBeNoIdentifier(identifier: String) throws {
        let proc = try FakeProc()
        try proc.addBundle(Self.tasks + Self.one, pod: "web")
        try proc.addBundle(Self.tasks + "x", pod: "web")
        #expect(OCIBundle.find(identifier: identifier, root: proc.root.path) == nil)
    }

    @Test func readsNoFileThatIsTooLargeOrNone() throws {
        let proc = try FakeProc()
        let padding = String(repeating: " ", count: RuntimeBounds.bundle - 2)
        try proc.write("just/config.json", "{}" + padding)
        try proc.write("large/config.json", "{} " + padding)
        try proc.write("broken/config.json", "{")
        try proc.write("folder/config.json/x", "")
        try proc.write("fifo/x", "")
        #expect(mkfifo(proc.root.path + "/fifo/config.json", 0o600) == 0)
        try proc.link("link/config.json", to: proc.root.path + "/just/config.json")
        #expect(OCIBundle(path: proc.root.path + "/just", identifier: "x") != nil)
        for folder in ["large", "broken", "folder", "fifo", "link", "absent"] {
            #expect(OCIBundle(path: proc.root.path + "/" + folder, identifier: "x") == nil, "\(folder)")
        }
    }

    @Test func endsInALoopOfParents() throws {
        let proc = try FakeProc()
        try proc.add(50, parent: 60, cgroup: "0::/docker/\(Self.one)")
        try proc.add(60, parent: 50, cgroup: "0::/docker/\(Self.one)")
        #expect(OCIBundle.find(identifier: Self.one, process: 60, proc: proc.path) == nil)
    }

    @Test(arguments: ["", "(", ")", "60 (x) S", "60 (x) S x", "60 (x) S -7 1", "\u{0}"]) func survivesAnyStat(
        text: String
    ) throws {
        let proc = try FakeProc()
        try proc.add(60, parent: 1, cgroup: "0::/docker/\(Self.one)\n\n:::\nx")
        try proc.write("proc/60/stat", text)
        #expect(OCIBundle.find(identifier: Self.one, process: 60, proc: proc.path) == nil)
    }

    /// This very process: it has a control group, and none that is named for a container of ours.
    @Test func findsNoneForAProcessInNone() {
        #expect(OCIBundle.find(identifier: Self.one, process: getpid()) == nil)
    }
}
