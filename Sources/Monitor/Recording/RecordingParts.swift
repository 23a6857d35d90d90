import Capture
import Glibc

/// Which of the files that are to be read are recordings of our own, and in which order they belong.
///
/// A recording is read by itself: what is so on its host is not so on another. Its files go one after the other by their numbers, not by
/// the times of frames, however they were named.
package struct RecordingParts {
    private(set) var paths: [String]
    private(set) var isRecording = false

    /// Looks at the beginning of each file where there are several. Throws `RecordingMixture`; what cannot be read is for others to say.
    init(_ paths: [String]) throws(RecordingMixture) {
        self.paths = paths
        guard paths.count > 1 else { return }
        // One that was made when the disk was full, or a moment before a kill, has nothing in it.
        let paths = paths.filter { Self.size($0) != 0 }
        let starts = paths.map(Self.start)
        guard let first = starts.compactMap({ $0 }).first else { return }
        var parts: [(path: String, number: UInt32)] = []
        for (path, start) in zip(paths, starts) {
            guard let start, start.identifier == first.identifier else { throw RecordingMixture(path: path) }
            // Named twice it is still one.
            if !parts.contains(where: { $0.number == start.number }) { parts.append((path, start.number)) }
        }
        self.paths = parts.sorted { $0.number < $1.number }.map(\.path)
        isRecording = true
    }

    /// Files in their order, those together that may be read together: each run has written a recording of its own. One that cannot be
    /// read is left with the one before it.
    package static func apart(_ paths: [String]) -> [[String]] {
        var runs: [[String]] = []
        var identifier: [UInt8]?
        for path in paths {
            let own = start(path)?.identifier
            if runs.isEmpty || own != nil && identifier != nil && own != identifier {
                runs.append([path])
            } else {
                runs[runs.count - 1].append(path)
            }
            identifier = own ?? identifier
        }
        return runs
    }

    /// Bytes of a file; nil of what can be read only once.
    static func size(_ path: String) -> Int? {
        var status = stat()
        guard path != "-", unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// What a recording's file begins with; nil of every other file, and of what can be read only once.
    private static func start(_ path: String) -> RecordingStart? {
        guard size(path) != nil, var reader = try? CaptureFileReader(path: path) else { return nil }
        _ = try? reader.advance()
        guard let note = reader.notes.first, case .begin(let start) = RecordedInput(note) else { return nil }
        return start
    }
}

/// Files that cannot be read together.
package struct RecordingMixture: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String

    package var description: String {
        "\(path) is no part of the recording that the other files are; a recording is read by itself, with all its files"
    }
}
