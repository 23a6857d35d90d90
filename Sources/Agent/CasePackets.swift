package import Addressing

/// Packets that whoever records them keeps for cases: each in a folder of its own.
package struct CasePackets: Sendable {
    /// What is kept under a name.
    package struct Folder: Sendable {
        package var name: String
        package var files: Int
        package var bytes: UInt64
        /// Of the files, the oldest first, as far as they are told.
        package var names: [String]

        package init(name: String, files: Int, bytes: UInt64, names: [String] = []) {
            self.name = name
            self.files = files
            self.bytes = bytes
            self.names = names
        }
    }

    /// The folder that all of them lie in.
    package var path: String
    /// Keeps what there is, and what comes, of a span of time under a name; again with the same name the span is another.
    package var keep: @Sendable (_ name: String, _ from: Timestamp, _ until: Timestamp) -> Void
    /// Lets go of it.
    package var release: @Sendable (_ name: String) -> Void
    /// What is kept.
    package var kept: @Sendable () -> [Folder]

    package init(
        path: String,
        keep: @escaping @Sendable (_ name: String, _ from: Timestamp, _ until: Timestamp) -> Void,
        release: @escaping @Sendable (_ name: String) -> Void,
        kept: @escaping @Sendable () -> [Folder]
    ) {
        self.path = path
        self.keep = keep
        self.release = release
        self.kept = kept
    }
}
