import CLinux
import Glibc

/// Single questions to the kernel's files, by path.
enum KernelFile {
    /// What a file holds, up to `limit` bytes.
    static func read(_ path: String, limit: Int) throws(KernelFileError) -> ArraySlice<UInt8> {
        var buffer = ReadBuffer()
        try buffer.read(path, in: CLinux_currentDirectory(), limit: limit)
        return buffer.bytes
    }

    /// Where a symbolic link leads.
    static func link(_ path: String) throws(KernelFileError) -> ArraySlice<UInt8> {
        var buffer = ReadBuffer()
        try buffer.readLink(path, in: CLinux_currentDirectory())
        return buffer.bytes
    }

    /// The inode number of a file; nil when it is not there or may not be asked about.
    static func inode(_ path: String) -> UInt64? {
        var file = stat()
        return unsafe lstat(path, &file) == 0 ? UInt64(file.st_ino) : nil
    }

    /// The inode number in what a namespace's link reads as, such as `net:[4026531833]`. namespaces(7).
    static func namespaceInode(_ text: ArraySlice<UInt8>, kind: String) -> UInt64? {
        guard text.starts(with: kind.utf8) else { return nil }
        let rest = text.dropFirst(kind.utf8.count)
        guard rest.starts(with: ":[".utf8), rest.last == UInt8(ascii: "]") else { return nil }
        return UInt64(decimal: rest.dropFirst(2).dropLast())
    }
}

extension UInt64 {
    /// Decimal digits and nothing else; nil also when they are too many.
    init?(decimal digits: ArraySlice<UInt8>) {
        guard !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard digit.isDigit else { return nil }
            let (tenfold, isTooMuch) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tenfold.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            guard !isTooMuch, !overflow else { return nil }
            value = sum
        }
        self = value
    }
}
