import Foundation
import Glibc

@testable import Containers

/// Control groups in the machine's own v2 tree, all below one of a name that nobody else has; removed with this.
final class RealControlGroups: Sendable {
    let hierarchy: CgroupHierarchy
    /// As /proc/PID/cgroup has it.
    let top: String

    init() throws {
        guard let unified = try CgroupHierarchies().unified else { throw CocoaError(.fileNoSuchFile) }
        hierarchy = unified
        top = "/portolan-\(UUID().uuidString)"
        try make("")
    }

    deinit {
        // The groups vanish a moment after their last process.
        for _ in 0..<200 where !Self.remove("\(hierarchy.mountPoint)\(top)") { usleep(10_000) }
    }

    static func identifier(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    func directory(_ path: String) -> String { "\(hierarchy.mountPoint)\(top)\(path)" }

    func make(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: directory(path), withIntermediateDirectories: true)
    }

    func remove(_ path: String) -> Bool { unsafe rmdir(directory(path)) == 0 }

    func move(_ process: Int32, to path: String) throws {
        try Data("\(process)".utf8).write(to: URL(fileURLWithPath: directory(path) + "/cgroup.procs"))
    }

    private static func remove(_ directory: String) -> Bool {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
            var isDirectory: ObjCBool = false
            let path = "\(directory)/\(name)"
            if unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
                _ = remove(path)
            }
        }
        return unsafe rmdir(directory) == 0 || errno == ENOENT
    }
}
