import CLinux
import Glibc

extension CgroupWatch {
    /// Looks at the whole tree and tells what is there and was not known, or was and is not any more.
    package mutating func rescan(_ body: (CgroupEvent) -> Void) {
        isFull = false
        crowded = []
        let watch = startWatching("")
        if let root, root != watch { remove(root, body) }
        guard watch >= 0 else { return }
        if root == nil {
            root = watch
            directories[watch] = Directory(path: "", parent: -1, name: "", depth: 0)
        }
        list(watch, body)
    }

    /// Compares what is in a directory with what is known of it.
    private mutating func list(_ parent: Int32, _ body: (CgroupEvent) -> Void) {
        guard let directory = directories[parent] else { return }
        var gone = directory.children
        var present: [String] = []
        do {
            var names = try DirectoryNames(hierarchy.mountPoint + directory.path, in: CLinux_currentDirectory())
            while let (name, kind) = names.next() {
                guard kind == UInt8(DT_DIR), present.count < limits.watches else { continue }
                present.append(name)
                gone[name] = nil
            }
        } catch {
            // Removed meanwhile: the parent's watch tells, or whoever lists the parent.
            return
        }
        for child in gone.values { remove(child, body) }
        for name in present { add(name, to: parent, isNews: false, body) }
    }

    /// A directory that an event (`isNews`) or a listing names. One that is known already may be another by now.
    mutating func add(_ name: String, to parent: Int32, isNews: Bool, _ body: (CgroupEvent) -> Void) {
        guard let above = directories[parent] else { return }
        let path = "\(above.path)/\(name)"
        let known = above.children[name]
        guard known != nil || mayFollow(above, parent, body) else { return }
        let watch = startWatching(path)
        guard watch >= 0 else {
            if watch == -ENOSPC { tellFull(body) }
            if let known {
                remove(known, body)
            } else if watch == -ENOENT, isNews {
                tellShortLife(path, body)
            }
            return
        }
        if let known, known != watch { remove(known, body) }
        if directories[watch] == nil {
            insert(watch, name, path, in: parent, body)
        } else if directories[watch]?.parent != parent || directories[watch]?.name != name {
            // Renamed, and the event of that still waits.
            remove(watch, body)
            return add(name, to: parent, isNews: isNews, body)
        }
        list(watch, body)
    }

    /// A container that was gone before its event was read: that it was there is still told.
    private func tellShortLife(_ path: String, _ body: (CgroupEvent) -> Void) {
        let place = self.place(path)
        guard let container = place.container, container.path == place.path else { return }
        body(.appeared(place))
        body(.vanished(place))
    }

    private func place(_ path: String) -> CgroupPath {
        CgroupPath(hierarchy.root == "/" ? path : hierarchy.root + path, namespaces: namespaces)
    }

    private mutating func insert(
        _ watch: Int32,
        _ name: String,
        _ path: String,
        in parent: Int32,
        _ body: (CgroupEvent) -> Void
    ) {
        guard let above = directories[parent] else { return }
        var directory = Directory(path: path, parent: parent, name: name, depth: above.depth + 1)
        directory.outermost = above.outermost
        directory.innermost = above.innermost
        let place = self.place(path)
        // Below a container the path names it as well.
        if let container = place.container, container.path == place.path {
            directory.container = place
            directory.outermost = directory.outermost ?? watch
            directory.innermost = watch
        }
        directories[watch] = directory
        directories[parent]?.children[name] = watch
        if let outermost = above.outermost { directories[outermost]?.count += 1 }
        guard directory.container != nil else { return }
        body(.appeared(place))
        guard hierarchy.isUnified, watches < limits.watches else { return }
        let population = unsafe inotify_add_watch(
            descriptor,
            "\(hierarchy.mountPoint)\(path)/cgroup.events",
            UInt32(IN_MODIFY)
        )
        guard population >= 0 else { return }
        populations[population] = watch
        directories[watch]?.population = population
        lookAtPopulation(of: watch, body)
    }

    /// Forgets a directory and all below it, the innermost first.
    mutating func remove(_ watch: Int32, _ body: (CgroupEvent) -> Void) {
        guard let directory = directories[watch] else { return }
        for child in directory.children.values { remove(child, body) }
        directories[watch] = nil
        directories[directory.parent]?.children[directory.name] = nil
        // Refused when the kernel has done it already.
        _ = inotify_rm_watch(descriptor, watch)
        if let population = directory.population {
            populations[population] = nil
            _ = inotify_rm_watch(descriptor, population)
        }
        if watch == root { root = nil }
        if let outermost = directory.outermost, outermost != watch { directories[outermost]?.count -= 1 }
        crowded.remove(watch)
        if let container = directory.container { body(.vanished(container)) }
    }

    mutating func lookAtPopulation(of watch: Int32, _ body: (CgroupEvent) -> Void) {
        guard let directory = directories[watch], let place = directory.container else { return }
        let file = "\(hierarchy.mountPoint)\(directory.path)/cgroup.events"
        // Gone again: its end is told by the directory above.
        guard let text = try? KernelFile.read(file, limit: 4096) else { return }
        let isPopulated = text.firstStart(of: "populated 1") != nil
        guard isPopulated != directory.isPopulated else { return }
        directories[watch]?.isPopulated = isPopulated
        body(isPopulated ? .populated(place) : .emptied(place))
    }

    /// The new watch, or the one that the directory has; an error number of errno(3), negative, when there can be none.
    private func startWatching(_ path: String) -> Int32 {
        let mask = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_DONT_FOLLOW)
        let watch = unsafe inotify_add_watch(descriptor, hierarchy.mountPoint + path, mask)
        return watch >= 0 ? watch : -errno
    }

    private mutating func mayFollow(_ above: Directory, _ parent: Int32, _ body: (CgroupEvent) -> Void) -> Bool {
        guard above.depth < limits.depth else { return false }
        guard watches < limits.watches else {
            tellFull(body)
            return false
        }
        if let innermost = above.innermost, let container = directories[innermost],
            above.depth - container.depth >= limits.depthInContainer
        {
            return false
        }
        if let outermost = above.outermost, let container = directories[outermost],
            container.count >= limits.directoriesInContainer
        {
            if crowded.insert(outermost).inserted { body(.full(container.container)) }
            return false
        }
        return true
    }

    private mutating func tellFull(_ body: (CgroupEvent) -> Void) {
        if !isFull { body(.full(nil)) }
        isFull = true
    }
}
