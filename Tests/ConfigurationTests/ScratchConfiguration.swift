import Foundation

@testable import Configuration

/// A folder with configuration files, gone with its owner.
final class ScratchConfiguration {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func write(_ text: String, as name: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The lines of a rejection, with the folder left out; nil when all is good.
    func problems(mustExist: Bool = true) -> [String]? {
        do throws(ConfigurationRejection) {
            _ = try Configuration.read(ConfigurationSource(path: path("p.yaml"), mustExist: mustExist))
            return nil
        } catch {
            return error.lines.map { $0.replacing(folder.path + "/", with: "") }
        }
    }

    /// What the files say.
    func read(mustExist: Bool = true) throws -> ConfigurationReading {
        try Configuration.read(ConfigurationSource(path: path("p.yaml"), mustExist: mustExist))
    }
}
