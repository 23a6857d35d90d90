import CLinux
import Glibc

/// Bounded reading of the kernel's small files, into memory that is used again and again.
struct ReadBuffer {
    private var storage: [UInt8] = []
    private var count = 0

    /// What was read last. Let go of it before the next is read, or that is read into a copy.
    var bytes: ArraySlice<UInt8> { storage[..<count] }

    /// Reads the file whole, up to `limit` bytes; tells whether there may be more.
    ///
    /// Files of /proc are made while they are read: all is asked for in one call where it fits, so that it is of one
    /// moment.
    /// Of a file that the kernel makes whole at its first read (`single_open` in the kernel's source), less than was
    /// asked for is the end: `isMadeAtOnce` saves asking again, a tenth of what such a file costs.
    @discardableResult
    mutating func read(
        _ name: String,
        in directory: Int32,
        limit: Int,
        isMadeAtOnce: Bool = false
    ) throws(KernelFileError) -> Bool {
        count = 0
        let file = unsafe openat(directory, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else { throw KernelFileError(path: name, code: errno) }
        defer { close(file) }
        var end = 0
        while end < limit {
            if end == storage.count { grow(to: max(4096, end * 4)) }
            let wanted = min(limit, storage.count) - end
            let got = unsafe storage.withUnsafeMutableBytes { room in
                unsafe Glibc.read(file, room.baseAddress.map { unsafe $0 + end }, wanted)
            }
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw KernelFileError(path: name, code: errno)
            }
            end += got
            if isMadeAtOnce, got < wanted { break }
        }
        count = end
        return end == limit
    }

    /// Where a symbolic link leads, up to 4,096 bytes, which no path exceeds.
    mutating func readLink(_ name: String, in directory: Int32) throws(KernelFileError) {
        count = 0
        if storage.isEmpty { grow(to: 4096) }
        let length = unsafe storage.withUnsafeMutableBytes { room in
            guard let start = room.baseAddress else { return -1 }
            return unsafe readlinkat(directory, name, start.assumingMemoryBound(to: CChar.self), room.count)
        }
        guard length >= 0 else { throw KernelFileError(path: name, code: errno) }
        count = length
    }

    private mutating func grow(to size: Int) {
        storage += [UInt8](repeating: 0, count: size - storage.count)
    }
}
