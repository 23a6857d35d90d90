/// Where a configuration is read from: a file, and `conf.d/*.yaml` beside it.
package struct ConfigurationSource: Hashable, Sendable {
    /// The path of the file.
    package var path: String
    /// Whether it is a problem that the file is not there.
    package var mustExist: Bool

    /// A file that was named by somebody.
    package static func named(_ path: String) -> Self { Self(path: path, mustExist: true) }

    /// A file where one is looked for; when it is not there, all is as without.
    package static func standard(_ path: String) -> Self { Self(path: path, mustExist: false) }

    /// The folder whose files are read after it.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "conf.d" }
        return path[...slash] + "conf.d"
    }
}
