/// Where one process stands in every hierarchy, as /proc/PID/cgroup tells it. cgroups(7).
///
/// One line a hierarchy, `number:controllers:path`; `0::path` is the v2 one. A process of a container may be in it in
/// one hierarchy and at the root of another (a hybrid host, a runtime that knows v1 only), so the line that names a
/// container counts: v2's before v1's, and of these `name=systemd`, `pids`, `memory` before the others.
package struct CgroupMembership: Hashable, Sendable {
    /// The deciding line's path.
    package let place: CgroupPath
    /// Path of the process in the v2 hierarchy, whatever stands there. Nil where there is none.
    package let unifiedPath: String?
    /// Whether the v2 line names a container, and whether one of v1 does.
    package let isContainedInUnified: Bool
    package let isContainedInLegacy: Bool

    package var container: CgroupContainer? { place.container }

    /// Reads a whole file. Lines that are none are passed over; a last line without its end is taken as far as it goes.
    package init(text: ArraySlice<UInt8>, namespaces: Set<String> = CgroupPath.containerdNamespaces) {
        var unified: CgroupPath?
        var legacy: [(rank: Int, path: ArraySlice<UInt8>)] = []
        var rest = text
        while !rest.isEmpty, legacy.count < 64 {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            let line = rest[..<end]
            rest = rest[end...].dropFirst()
            guard let first = line.firstIndex(of: UInt8(ascii: ":")),
                let second = line[(first + 1)...].firstIndex(of: UInt8(ascii: ":"))
            else { continue }
            let controllers = line[(first + 1)..<second]
            let path = line[(second + 1)...]
            guard path.first == UInt8(ascii: "/") else { continue }
            if controllers.isEmpty {
                unified = unified ?? CgroupPath(bytes: path, namespaces: namespaces)
            } else {
                legacy.append((Self.rank(of: controllers), path))
            }
        }
        legacy.sort { $0.rank < $1.rank }
        var decidingLegacy: CgroupPath?
        for line in legacy {
            let path = CgroupPath(bytes: line.path, namespaces: namespaces)
            if decidingLegacy == nil || path.container != nil { decidingLegacy = path }
            // Only a container is looked for further, and where v2 has it, the best line is answer enough.
            if path.container != nil || unified?.container != nil { break }
        }
        unifiedPath = unified?.path
        isContainedInUnified = unified?.container != nil
        isContainedInLegacy = decidingLegacy?.container != nil
        let isOnlyRoot = unified?.container == nil && unified?.path == "/"
        if let unified, !isOnlyRoot && (isContainedInUnified || !isContainedInLegacy) {
            place = unified
        } else {
            place = decidingLegacy ?? unified ?? CgroupPath("/", namespaces: namespaces)
        }
    }

    /// `controllers` may be several, as in `cpu,cpuacct`.
    private static func rank(of controllers: ArraySlice<UInt8>) -> Int {
        for (rank, name) in preferred.enumerated()
        where controllers.split(separator: UInt8(ascii: ",")).contains(where: { $0.elementsEqual(name.utf8) }) {
            return rank
        }
        return preferred.count
    }

    /// Every runtime joins these, and no one else makes groups in them that look alike.
    static let preferred = ["name=systemd", "pids", "memory"]
}
