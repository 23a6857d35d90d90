/// How much of the newest packets is there, and how much is kept beside.
package struct RingSettings: Hashable, Sendable {
    /// The folder of all files; what is kept is in `cases` below it.
    package var folder: String
    /// Bytes of the files, the one that is written to among them.
    package var size = 1 << 30
    /// Bytes of one file, about.
    package var fileSize = 32 << 20
    /// Nanoseconds of packet time after which a file is over, however small it is.
    package var fileTime: Int64 = 3600 * 1_000_000_000
    /// Nanoseconds after which a file goes that nobody has kept; nil: as long as there is room.
    package var age: Int64?
    /// Bytes of the files that are kept.
    package var kept = 4 << 30

    /// Nanoseconds after which it is looked again at what is kept, where there is no room for more.
    package var patience: Int64 = 10_000_000_000

    package init(folder: String) { self.folder = folder }

    /// What the files are called, but for their numbers.
    package var path: String { "\(folder)/ring.pcapng" }

    package var cases: String { "\(folder)/cases" }

    /// The most files of the ring: an agent that is started again and again begins one each time.
    static var fileLimit: Int { 16_384 }
    /// The most files that are kept, and the most names that they are kept under.
    static var keptLimit: Int { 16_384 }
    static var nameLimit: Int { 1024 }

    /// Whether something may be kept under that name: letters, digits, dots, colons and dashes, so that it is that of a folder.
    static func isName(_ name: String) -> Bool {
        1...128 ~= name.utf8.count && !name.hasPrefix(".")
            && name.utf8.allSatisfy {
                0x30...0x3a ~= $0 || 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 || [0x2d, 0x2e, 0x5f].contains($0)
            }
    }
}
