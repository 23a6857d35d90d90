import CLinux
import Glibc

/// From the identifier by which sock_diag knows a control group of the v2 tree to its path.
///
/// Asked of the kernel by file handle (Linux 5.5, CAP_DAC_READ_SEARCH), which is right also for a group made a moment
/// ago. Where that is refused, the tree is walked and the walk remembered until an identifier is asked for that it does
/// not have.
package struct CgroupLookup: ~Copyable {
    private let hierarchy: CgroupHierarchy
    private let mount: Int32
    private let usesHandles: Bool
    private let walks: Bool
    private var walked: [UInt64: String] = [:]
    private var buffer = ReadBuffer()

    /// Groups that a walk remembers; the rest of a larger tree has no path.
    package static let limit = 65_536

    /// `usesHandles` false is for tests, and for who lacks the capability. Where nothing `walks`, no path is found then.
    package init(
        _ hierarchy: CgroupHierarchy,
        usesHandles: Bool = true,
        walks: Bool = true
    ) throws(KernelFileError) {
        self.hierarchy = hierarchy
        self.walks = walks
        mount = unsafe open(hierarchy.mountPoint, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        let code = errno
        // Of version 1, and of a file system that lies over the mount, handles mean something else.
        self.usesHandles = usesHandles && CLinux_isOnCgroup2(mount)
        guard mount >= 0 else { throw KernelFileError(path: hierarchy.mountPoint, code: code) }
    }

    deinit {
        if mount >= 0 { close(mount) }
    }

    /// The path of the group, below the hierarchy's root; nil when there is none of this identifier, or none that the
    /// mount shows.
    package mutating func path(of identifier: UInt64) -> CgroupPath? {
        if usesHandles {
            let group = CLinux_openControlGroup(mount, identifier)
            if group >= 0 {
                defer { close(group) }
                return path(ofOpen: group)
            }
            if errno == ESTALE { return nil }
        }
        guard walks else { return nil }
        if let path = walked[identifier] { return CgroupPath(path) }
        walked = hierarchy.groups(limit: Self.limit)
        return walked[identifier].map { CgroupPath($0) }
    }

    private mutating func path(ofOpen group: Int32) -> CgroupPath? {
        do {
            try buffer.readLink("/proc/self/fd/\(group)", in: CLinux_currentDirectory())
        } catch {
            return nil
        }
        let path = String(decoding: buffer.bytes, as: UTF8.self)
        // A group removed while it was asked about, or outside what the mount shows.
        guard path == hierarchy.mountPoint || path.hasPrefix(hierarchy.mountPoint + "/"), !path.hasSuffix(" (deleted)")
        else {
            return nil
        }
        return CgroupPath(below(String(path.dropFirst(hierarchy.mountPoint.count))))
    }

    private func below(_ path: String) -> String { hierarchy.root == "/" ? path : hierarchy.root + path }
}
