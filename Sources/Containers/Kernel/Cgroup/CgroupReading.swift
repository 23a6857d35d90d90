/// The walk along a control group's path, component by component, that finds its container.
struct CgroupReading {
    private let path: ArraySlice<UInt8>
    private let namespaces: Set<String>
    private var position: Int

    /// The containers met, the outermost first.
    private var containers: [CgroupContainer] = []
    private var pod: String?
    private var isInKubepods = false
    /// Components since the root or since a container's own directory.
    private var depth = 0
    /// The component before, whether it was 64 digits alone, and the component before that.
    private var parent: ArraySlice<UInt8> = []
    private var followsBare = false
    private var grandparent: ArraySlice<UInt8> = []

    init(path: ArraySlice<UInt8>, namespaces: Set<String>) {
        self.path = path
        self.namespaces = namespaces
        position = path.startIndex
    }

    /// The innermost container of the whole path.
    mutating func container() -> CgroupContainer? {
        // A path could hold sixty; nobody nests more than a few.
        while containers.count < 8, let name = next() { take(name) }
        guard var innermost = containers.popLast() else { return nil }
        innermost.podIdentifier = pod
        innermost.enclosing = containers.map(\.identifier)
        return innermost
    }

    private mutating func next() -> ArraySlice<UInt8>? {
        while position < path.endIndex, path[position] == UInt8(ascii: "/") { position += 1 }
        guard position < path.endIndex else { return nil }
        let rest = path[position...]
        let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
        position = end
        return rest[..<end]
    }

    private mutating func take(_ name: ArraySlice<UInt8>) {
        let before = containers.count
        var isBare = false
        switch CgroupComponent(name, inKubepods: isInKubepods) {
        case .container(let identifier, let runtime, let itsPod):
            if runtime == .podman { takeParentForPod() }
            pod = itsPod ?? pod
            found(identifier, runtime)
        case .bare(let identifier):
            // podman names a pod's directory like this, and never a container's.
            if parent.elementsEqual("libpod_parent".utf8) {
                pod = String(decoding: identifier, as: UTF8.self)
            } else {
                isBare = true
                found(identifier, runtimeOfParent)
            }
        case .supervisor:
            // podman before 2.0 kept conmon below the container's own directory.
            if depth == 0, containers.last?.runtime == .podman { containers.removeLast() }
        case .pod(let identifier): pod = identifier
        case .podmanPod(let identifier): pod = String(decoding: identifier, as: UTF8.self)
        case .other: takeOther(name)
        }
        isInKubepods = isInKubepods || name.starts(with: "kube".utf8) && name.lastStart(of: "kubepods") != nil
        depth = containers.count > before ? 0 : depth + 1
        followsBare = isBare
        grandparent = parent
        parent = name
    }

    private mutating func found(_ identifier: ArraySlice<UInt8>, _ runtime: ContainerRuntime?) {
        var container = CgroupContainer(
            identifier: String(decoding: identifier, as: UTF8.self),
            path: String(decoding: path[..<position], as: UTF8.self)
        )
        container.runtime = runtime
        containers.append(container)
    }

    /// A container of podman right below 64 digits is in the pod of that identifier; below `/docker/` they are Docker's
    /// container.
    private mutating func takeParentForPod() {
        guard followsBare, !grandparent.elementsEqual("docker".utf8), let parent = containers.popLast() else { return }
        pod = parent.identifier
    }

    private var runtimeOfParent: ContainerRuntime? {
        if parent.elementsEqual("docker".utf8) || parent.elementsEqual("moby".utf8) { return .docker }
        return depth == 1 && isNamespace(parent) ? .containerd : nil
    }

    private func isNamespace(_ name: ArraySlice<UInt8>) -> Bool {
        namespaces.contains(String(decoding: name, as: UTF8.self))
    }

    /// Identifiers that are not 64 digits, each in the one shape that tells them from any other directory.
    private mutating func takeOther(_ name: ArraySlice<UInt8>) {
        guard depth > 0 else { return }
        if parent.elementsEqual("buildkit".utf8) {
            if name.count == 25, name.allSatisfy(\.isNameByte) { found(name, .docker) }
        } else if depth == 1, isNamespace(parent) {
            // systemd's units are no containers, wherever they lie.
            let isUnit = name.hasSuffix(".slice") || name.hasSuffix(".scope") || name.hasSuffix(".service")
            if !isUnit, name.count <= 76, name.first != UInt8(ascii: "."), name.allSatisfy(\.isNameByte) {
                found(name, .containerd)
            }
        } else if name.count > 33, name.prefix(32).allSatisfy(\.isLowercaseHexadecimal), isBelowECS,
            name[name.startIndex + 32] == UInt8(ascii: "-"), name.dropFirst(33).allSatisfy(\.isDigit)
        {
            found(name, nil)
        }
    }

    /// Fargate: `/ecs/<task>/<task>-<number>`.
    private var isBelowECS: Bool { grandparent.elementsEqual("ecs".utf8) || parent.elementsEqual("ecs".utf8) }
}
