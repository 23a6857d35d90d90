import Glibc

/// Folders of the agent's own.
enum OwnFolder {
    /// Makes the folder that a file is to lie in, when it is not there and the one above it is: for owner and group alone.
    ///
    /// What cannot be made shows when the file is opened.
    static func make(for path: String) {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        _ = unsafe mkdir(String(path[..<slash]), 0o750)
    }

    /// Makes a folder, and the one that it is to lie in, the same way.
    static func make(_ folder: String) {
        make(for: folder)
        _ = unsafe mkdir(folder, 0o750)
    }
}
