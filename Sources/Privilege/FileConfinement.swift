import CLinux
import Glibc

/// Which files a thread, and those that it makes from then on, may open from now on, whoever speaks in their name. landlock(7)
///
/// What is open already stays so. It cannot be taken back, and whoever has one may have another on top. It stands beside
/// `SystemCallFilter`, which sees the number of a call and not the path: `Docs/Decisions/0038-what-reads-files-may-open.md`.
package struct FileConfinement: Hashable, Sendable {
    /// Whom it is for.
    package enum Kind: Hashable, Sendable {
        /// Who reads files of strangers and speaks to nobody: what is not allowed is neither read nor written, nor is anybody connected to.
        case reader
        /// Who watches a host: what is not allowed is not written, and no program is run. It reads what its user may.
        case watcher
    }

    /// What came of it.
    package enum Outcome: Hashable, Sendable {
        case begun
        /// The kernel has no Landlock, was started without, or is too old; or whoever started us keeps us from it. All goes on without.
        case unavailable
    }

    private struct Rule: Hashable, Sendable {
        var path: String
        var access: UInt32
    }

    private let kind: Kind
    private var rules: [Rule] = []

    /// Allows nothing yet; a watcher may read everywhere.
    package init(_ kind: Kind) { self.kind = kind }

    /// Allows to read a file that is there, or to list a folder, whose files that does not open.
    package mutating func allowReading(_ path: String) {
        rules.append(Rule(path: path, access: CLinux_Access_read.rawValue | CLinux_Access_list.rawValue))
    }

    /// Allows to write a file: where it is not there, to make files in its folder.
    package mutating func allowWriting(_ path: String) {
        let path = Self.target(of: path)
        if unsafe access(path, F_OK) == 0 {
            rules.append(Rule(path: path, access: CLinux_Access_write.rawValue))
        } else {
            rules.append(
                Rule(path: Self.folder(of: path), access: CLinux_Access_write.rawValue | CLinux_Access_make.rawValue)
            )
        }
    }

    /// Allows to read and write a file that is there.
    package mutating func allowKeeping(file: String) {
        rules.append(Rule(path: file, access: CLinux_Access_read.rawValue | CLinux_Access_write.rawValue))
    }

    /// Where a path leads: a link may point to a file that is yet to be made, in another folder. readlink(2)
    private static func target(of path: String) -> String {
        var path = path
        // As many as the kernel follows.
        for _ in 0..<40 {
            var target = [CChar](repeating: 0, count: Int(PATH_MAX))
            let length = unsafe readlink(path, &target, target.count)
            guard length > 0 else { break }
            let name = String(decoding: target.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            path = name.hasPrefix("/") ? name : "\(folder(of: path))/\(name)"
        }
        return path
    }

    /// Allows all that an own folder is for: to read, write, make and delete files and folders in and below it.
    package mutating func allowOwning(folder: String) {
        let access =
            CLinux_Access_read.rawValue | CLinux_Access_list.rawValue | CLinux_Access_write.rawValue
            | CLinux_Access_make.rawValue | CLinux_Access_arrange.rawValue
        rules.append(Rule(path: folder, access: access))
    }

    /// The folder that a file lies in.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The version of Landlock that the kernel has; nil and why, as errno(3), where it has none.
    package static var version: (number: Int32?, code: Int32) {
        let version = CLinux_landlockVersion()
        return version < 0 ? (nil, errno) : (version, 0)
    }

    /// Files can be moved from one folder to another since this version; before, nobody bound by any rule may.
    private static var movingVersion: Int32 { 2 }

    /// Binds the calling thread to it, and forbids it new privileges.
    ///
    /// Paths that are not there need no rule: to open them fails as ever. Throws what ought not to happen.
    package func begin() throws(PrivilegeError) -> Outcome {
        guard let version = Self.version.number, kind == .reader || version >= Self.movingVersion else {
            return .unavailable
        }
        try SystemCallFilter.noNewPrivileges()
        let set = CLinux_landlockRules(kind == .reader)
        // A container's own filter may allow to ask, and no more.
        guard set >= 0 else { return try Self.unavailable("make rules for files") }
        defer { close(set) }
        for rule in rules { try add(rule, to: set) }
        guard CLinux_landlockBegin(set) == 0 else { return try Self.unavailable("keep to rules for files") }
        return .begun
    }

    private static func unavailable(_ operation: String) throws(PrivilegeError) -> Outcome {
        let code = errno
        // E2BIG: bound by sixteen others already.
        guard [ENOSYS, EOPNOTSUPP, EPERM, E2BIG].contains(code) else {
            throw .system(operation: operation, code: code)
        }
        return .unavailable
    }

    private func add(_ rule: Rule, to set: Int32) throws(PrivilegeError) {
        if unsafe CLinux_landlockAllow(set, kind == .reader, rule.path, rule.access) == 0 { return }
        throw .system(operation: "make a rule for \(rule.path)", code: errno)
    }
}
