package import Addressing
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
    /// The most bytes written of a frame, which is said to whoever reads the files; 0: all there are.
    package var snapshotLength: UInt32 = 0
    /// Whose files they are, where the newest are there and some of them kept; then `files` is not gone by.
    package var ring: RecordingRing?
    /// A pcap-filter(7) on what is written; empty for all.
    package var filter = ""
    /// Names of containers whose frames are written; none: everybody's.
    package var containers: [NamePattern] = []
    package var vxlanPorts: [UInt16] = []
    /// Who writes, with its version.
    package var application: String

    package init(path: String, application: String) {
        self.path = path
        self.application = application
    }

    /// Of an agent's ring, as it has its files.
    package init(ring settings: RingSettings, application: String = "") {
        self.init(path: settings.path, application: application)
        fileSize = settings.fileSize
        fileTime = settings.fileTime
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

extension RecordingSettings {
    /// The number in the name of a file without its folder; nil of what is called otherwise.
    func number(of name: String) -> UInt32? {
        let (head, tail) = ends
        let begin = head[(head.lastIndex(of: "/").map(head.index(after:)) ?? head.startIndex)...]
        guard name.hasPrefix(begin), name.hasSuffix(tail) else { return nil }
        let digits = name.dropFirst(begin.count).dropLast(tail.count)
        guard digits.count >= 5, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return UInt32(digits)
    }
}

/// Why a recording cannot go on. One line: what, where, what to do.
package struct RecordingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    /// As errno(3).
    package var code: Int32
    /// Whether it is an agent's, which goes on without it.
    package var isRing = false

    /// Whether it went to a pipe whose reader left: no failure of ours.
    package var isReaderGone: Bool { path == "-" && code == EPIPE }

    package var description: String {
        let advice =
            switch code {
            case ENOSPC where isRing, EDQUOT where isRing: "; free some space, or lower recording.size"
            case ENOSPC, EDQUOT: "; free some space, or bound it with -C and -W"
            case EEXIST: "; a recording is never written over: choose another name"
            case ENOBUFS: "; it takes less than comes: record to a faster disk"
            default: ""
            }
        let reason = code == ENOBUFS ? "too slow" : unsafe String(cString: strerror(code))
        return "cannot write the recording \(path): \(reason)\(advice)"
    }
}
