import Foundation
import Glibc

/// Our end of the socket to a lab's program: lines out, lines in.
struct Link {
    private var descriptor: Int32
    private var pending = Data()

    /// Ours, and the file that becomes the program's standard input and output.
    ///
    /// A socket, because writing to one whose reader is gone can fail without a signal to this process.
    static func pair() throws -> (Self, FileHandle) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw LabError("socketpair: error \(errno)") }
        return (Self(descriptor: ends[0]), FileHandle(fileDescriptor: ends[1], closeOnDealloc: true))
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Sends a line and waits for one; nil when the other end is gone.
    mutating func exchange(_ line: Data) throws -> Data? {
        guard descriptor >= 0 else { throw LabError("the lab is closed") }
        var left = [UInt8](line) + [UInt8(ascii: "\n")]
        while !left.isEmpty {
            let sent = unsafe send(descriptor, left, left.count, Int32(MSG_NOSIGNAL))
            guard sent > 0 else { return nil }
            left.removeFirst(sent)
        }
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(pending[..<end])
                pending = Data(pending[(end + 1)...])
                return line
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = unsafe read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            pending.append(contentsOf: buffer[..<count])
        }
    }

    mutating func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
    }
}
