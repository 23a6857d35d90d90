import Containers
import Glibc

/// What /proc tells of processes, as far as it leads to bundles. proc(5).
struct ProcessTree {
    /// Where /proc is.
    let proc: String
    /// Which labels in a bundle say what.
    let keys: LabelKeys

    /// The first process above `process` that is outside the container's control group.
    ///
    /// Nil when no control group of `process` is named for the container: then nothing tells where it ends.
    func starter(ofContainer identifier: String, from process: Int32) -> Int32? {
        guard let (hierarchy, group) = controlGroup(of: process, named: identifier) else { return nil }
        var process = process
        for _ in 0..<RuntimeBounds.ancestors {
            guard let parent = parent(of: process), parent > 1 else { return nil }
            guard let path = controlGroups(of: parent)?.first(where: { $0.hierarchy == hierarchy })?.path else {
                return nil
            }
            if path != group, !path.hasPrefix(group + "/") { return parent }
            process = parent
        }
        return nil
    }

    /// The bundle of a container whose containerd shim this is.
    ///
    /// A shim's folder is the bundle of the container it was started for; those of the other containers of a pod lie beside it, as one
    /// shim serves all. `…/io.containerd.runtime.v2.task/NAMESPACE/ID`.
    func shimBundle(of identifier: String, shim: Int32) -> OCIBundle? {
        let folder = "\(proc)/\(shim)/cwd"
        guard let path = target(of: folder) else { return nil }
        let parts = path.split(separator: "/").suffix(3)
        guard parts.count == 3, let state = parts.first, state.hasPrefix("io.containerd.runtime.v") else { return nil }
        // By way of the link, as the shim may see other mounts than this program.
        guard var bundle = OCIBundle(path: "\(folder)/../\(identifier)", identifier: identifier, keys: keys) else {
            return nil
        }
        bundle.adopt(containerdNamespace: String(parts[parts.startIndex + 1]))
        return bundle
    }

    /// The bundle of a container whose conmon this is: `conmon … -c ID -n NAME … -b BUNDLE …`, for CRI-O and podman. conmon(8).
    func conmonBundle(of identifier: String, conmon: Int32) -> OCIBundle? {
        guard let words = commandLine(of: conmon), let program = words.first, program.hasSuffix("conmon") else {
            return nil
        }
        func value(_ option: String, _ long: String) -> String? {
            if let index = words.firstIndex(of: option) ?? words.firstIndex(of: long), index + 1 < words.count {
                return words[index + 1]
            }
            return words.first { $0.hasPrefix(long + "=") }.map { String($0.dropFirst(long.count + 1)) }
        }
        guard value("-c", "--cid") == identifier, let path = value("-b", "--bundle"), path.hasPrefix("/") else {
            return nil
        }
        let place = "\(proc)/\(conmon)/root\(path)"
        guard var bundle = OCIBundle(path: place, identifier: identifier, keys: keys) else { return nil }
        // Podman's config.json has no name; CRI-O's has a better one.
        if bundle.description.name == nil { bundle.description.name = .init(value("-n", "--name") ?? identifier) }
        return bundle
    }

    /// The path of the process's control group up to the part that is named for the container, and the number of its hierarchy.
    private func controlGroup(of process: Int32, named identifier: String) -> (hierarchy: Substring, path: String)? {
        for (hierarchy, path) in controlGroups(of: process) ?? [] {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            // The last one: a container may run in another whose name it does not bear.
            guard let index = parts.lastIndex(where: { Self.isNamed($0, for: identifier) }) else { continue }
            return (hierarchy, parts[...index].joined(separator: "/"))
        }
        return nil
    }

    /// Whether the identifier stands in the name on its own: `ID`, `docker-ID.scope`, `libpod-ID`.
    private static func isNamed(_ part: Substring, for identifier: String) -> Bool {
        let part = Array(part.utf8)
        let wanted = Array(identifier.utf8)
        guard part.count >= wanted.count else { return false }
        func isBorder(_ index: Int) -> Bool {
            guard part.indices.contains(index) else { return true }
            return [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":")].contains(part[index])
        }
        return (0...part.count - wanted.count).contains { start in
            part[start...].starts(with: wanted) && isBorder(start - 1) && isBorder(start + wanted.count)
        }
    }

    /// `HIERARCHY:CONTROLLERS:PATH`, a line each. cgroups(7).
    private func controlGroups(of process: Int32) -> [(hierarchy: Substring, path: String)]? {
        text("\(proc)/\(process)/cgroup")?.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            return parts.count == 3 ? (parts[0], String(parts[2])) : nil
        }
    }

    /// The fourth field of `stat`. The second, a name, may hold anything, brackets and spaces too, and ends at the last bracket.
    private func parent(of process: Int32) -> Int32? {
        guard let line = text("\(proc)/\(process)/stat"), let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ")
        return fields.count > 1 ? Int32(fields[1]) : nil
    }

    /// The words of a process's command line.
    private func commandLine(of process: Int32) -> [String]? {
        readFile("\(proc)/\(process)/cmdline", limit: RuntimeBounds.processFile)?
            .split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }

    private func text(_ path: String) -> String? {
        readFile(path, limit: RuntimeBounds.processFile).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Where a link points. readlink(2).
    private func target(of path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
