import Foundation

/// A folder in the place of /proc, whose processes a test makes up; gone with the value.
final class FakeProc {
    let root: URL
    var path: String { root.appendingPathComponent("proc").path }

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Adds a process; its name has all that makes `stat` hard to read.
    func add(_ process: Int, parent: Int, cgroup: String, command: [String] = [], folder: String? = nil) throws {
        try write("proc/\(process)/stat", "\(process) (a) b (1 2) S \(parent) 1 1 0 -1")
        try write("proc/\(process)/cgroup", cgroup)
        try write("proc/\(process)/cmdline", command.map { $0 + "\0" }.joined())
        try link("proc/\(process)/root", to: root.path)
        if let folder { try link("proc/\(process)/cwd", to: root.path + folder) }
    }

    /// Adds a bundle in a folder, of a pod with this name.
    func addBundle(_ folder: String, pod: String, manager: String = "io.kubernetes.cri.container-type") throws {
        let annotations =
            #"{"\#(manager)":"sandbox","io.kubernetes.cri.sandbox-name":"\#(pod)","io.container.manager":"cri-o"}"#
        try write(folder + "/config.json", #"{"annotations":\#(annotations)}"#)
    }

    func write(_ path: String, _ text: String) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func link(_ path: String, to target: String) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: target)
    }
}
