import Foundation

/// A folder for one test, gone with it.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> URL { url.appendingPathComponent(name) }

    /// Writes a file; returns where it is.
    func write(_ bytes: some Sequence<UInt8>, as name: String) throws -> URL {
        try Data(bytes).write(to: path(name))
        return path(name)
    }

    func create(_ name: String) throws -> FileHandle {
        try Data().write(to: path(name))
        return try FileHandle(forWritingTo: path(name))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: path(name)), as: UTF8.self)
    }
}
