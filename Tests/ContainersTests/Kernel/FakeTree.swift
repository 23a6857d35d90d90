import Foundation

/// A directory of files that look like the kernel's, removed again with this.
final class FakeTree: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "portolan-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func directory(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }

    func file(_ name: String, _ text: String) throws {
        try directory((name as NSString).deletingLastPathComponent)
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func link(_ name: String, to target: String) throws {
        try directory((name as NSString).deletingLastPathComponent)
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }

    /// A process as the kernel shows it.
    func process(
        _ identifier: Int32,
        _ name: String,
        cgroup: String,
        namespace: UInt64?,
        state: String = "S",
        mounts: UInt64 = 1
    ) throws {
        let fields =
            "\(state) 7 \(identifier) 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4242 1000 20 18446744073709551615 1"
        try file("\(identifier)/stat", "\(identifier) (\(name)) \(fields)\n")
        try file("\(identifier)/cgroup", cgroup)
        if let namespace { try link("\(identifier)/ns/net", to: "net:[\(namespace)]") }
        try link("\(identifier)/ns/mnt", to: "mnt:[\(mounts)]")
    }
}
