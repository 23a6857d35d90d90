import Glibc

/// What is recorded, and into which files.
package struct RecordingSettings: Sendable {
    /// The file; "-" is standard output. With any bound below a number goes before its ending: `trace-00001.pcapng`.
    package var path: String
    /// Bytes after which another file is begun, as far as one turn of work comes; nil: none.
    package var fileSize: Int?
    /// Nanoseconds of packet time after which another file is begun; nil: none.
    package var fileTime: Int64?
    /// The most files that stay: when another is begun beyond them the oldest is removed. Nil: all.
    package var files: Int?
    /// As the capture's own, for whoever reads the files.
    package var snapshotLength: UInt32 = 0
    package var vxlanPorts: [UInt16] = []
    /// Who writes, with its version.
    package var application: String

    package init(path: String, application: String) {
        self.path = path
        self.application = application
    }

    /// Whether there is more than one file.
    var isRing: Bool { fileSize != nil || fileTime != nil }

    /// The name of one of the files, which count from 1.
    func path(of number: UInt32) -> String {
        guard isRing else { return path }
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return ends.head + padded + ends.tail
    }

    /// What stands before and behind a file's number.
    var ends: (head: String, tail: String) {
        let name = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        guard let dot = path[name...].lastIndex(of: "."), dot > name else { return ("\(path)-", "") }
        return ("\(path[..<dot])-", String(path[dot...]))
    }
}

/// Why a recording cannot go on. One line: what, where, what to do.
package struct RecordingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    /// As errno(3).
    package var code: Int32

    /// Whether it went to a pipe whose reader left: no failure of ours.
    package var isReaderGone: Bool { path == "-" && code == EPIPE }

    package var description: String {
        let advice =
            switch code {
            case ENOSPC, EDQUOT: "; free some space, or bound it with -C and -W"
            case EEXIST: "; a recording is never written over: choose another name"
            case ENOBUFS: "; it takes less than comes: record to a faster disk"
            default: ""
            }
        let reason = code == ENOBUFS ? "too slow" : unsafe String(cString: strerror(code))
        return "cannot write the recording \(path): \(reason)\(advice)"
    }
}
