import Foundation
import Glibc

/// A folder on the machine for what the commands of a lab print; gone with it.
///
/// Its name has the pid of the test program, so that what a killed run left behind is known, and removed by the next.
final class LabFolder: Sendable {
    let url: URL

    private static let prefix = "portolan-lab-"

    init() throws {
        Self.removeLeftovers()
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(Self.prefix)\(getpid())-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// A new file, to be written to.
    func create() throws -> (file: FileHandle, url: URL) {
        let file = url.appendingPathComponent(UUID().uuidString)
        try Data().write(to: file)
        return (try FileHandle(forWritingTo: file), file)
    }

    private static func removeLeftovers() {
        let folder = FileManager.default.temporaryDirectory
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            guard name.hasPrefix(prefix), let owner = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }) else {
                continue
            }
            // A process of that number means another test program, or that of no one we could know: left alone.
            guard kill(owner, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }
}
