import Addressing
import CLinux
import Containers
import Glibc

/// A file of a ring.
struct RingFile: Hashable, Sendable {
    var number: UInt32
    var path: String
    var bytes = 0
    /// From its first to its last packet; nil where it has none. Of what an earlier run has left only the ends are known.
    var span: ClosedRange<Timestamp>?
    /// Whether nothing is written to it any more.
    var isOver = false

    /// Its name without folders.
    var name: Substring { path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...] }

    mutating func add(_ bytes: Int, _ span: ClosedRange<Timestamp>?) {
        self.bytes += bytes
        guard let span else { return }
        self.span =
            self.span.map {
                min($0.lowerBound, span.lowerBound)...max($0.upperBound, span.upperBound)
            } ?? span
    }

    /// What earlier runs have left in a folder, by number.
    static func left(in folder: String, _ names: RecordingSettings) -> [RingFile] {
        // A symbolic link is followed for the dot behind it.
        guard var entries = try? DirectoryNames("\(folder)/.", in: CLinux_currentDirectory()) else { return [] }
        var files: [RingFile] = []
        while files.count < RingSettings.fileLimit, let (name, _) = entries.next() {
            guard let number = names.number(of: name) else { continue }
            var status = stat()
            let path = "\(folder)/\(name)"
            guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            // A file system may have times that are beyond ours.
            let (whole, isBeyond) = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
            let end = Timestamp(nanoseconds: isBeyond ? .max : whole).adding(
                isBeyond ? 0 : Int64(status.st_mtim.tv_nsec)
            )
            var file = RingFile(number: number, path: path, bytes: Int(status.st_size), isOver: true)
            file.span = end...end
            files.append(file)
        }
        files.sort { $0.number < $1.number }
        // It began where the one before ended; of the first nobody knows, and what is its own is more than a guess.
        for (index, before) in zip(files.indices.dropFirst(), files) {
            guard let end = files[index].span?.upperBound, let begin = before.span?.upperBound, begin < end else {
                continue
            }
            files[index].span = begin...end
        }
        return files
    }
}
