public import Foundation

/// Captures and tables of others, which the tests are measured against and do not ship.
public enum SharedCaptures {
    /// The folder that `PORTOLAN_CAPTURES` names, by default the one beside the project.
    public static var folder: URL {
        let named = ProcessInfo.processInfo.environment["PORTOLAN_CAPTURES"]
        return URL(fileURLWithPath: named ?? "../shared/captures", relativeTo: project)
    }

    /// Whether they are there.
    public static var areAvailable: Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("expected").path)
    }

    /// The project's own folder.
    public static var project: URL {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 1...3 { folder.deleteLastPathComponent() }
        return folder
    }

    /// The project's own captures.
    public static var own: URL { project.appendingPathComponent("Captures") }
}
