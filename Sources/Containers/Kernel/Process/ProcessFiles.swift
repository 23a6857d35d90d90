import CLinux
import Glibc

/// One process's directory in /proc, held open: all that is read through it is of the same process, also when its
/// number is given to another one meanwhile. proc_pid(5).
///
/// A process that has gone shows as `KernelFileError.isGone`.
package struct ProcessFiles: ~Copyable {
    package let identifier: Int32
    private let directory: Int32
    /// What was read last.
    private var buffer: ReadBuffer

    /// Opens the directory of `identifier` below `root`, which tests put elsewhere.
    package init(_ identifier: Int32, root: String = "/proc") throws(KernelFileError) {
        try self.init(identifier, path: "\(root)/\(identifier)", in: CLinux_currentDirectory(), buffer: ReadBuffer())
    }

    /// As a scan does it, with memory that is used again: `buffer` comes back from `takeBuffer`.
    init(_ identifier: Int32, path: String, in root: Int32, buffer: consuming ReadBuffer) throws(KernelFileError) {
        self.identifier = identifier
        self.buffer = buffer
        directory = unsafe CLinux_openPath(root, path)
        guard directory >= 0 else { throw KernelFileError(path: path, code: errno) }
    }

    deinit {
        if directory >= 0 { close(directory) }
    }

    consuming func takeBuffer() -> ReadBuffer { buffer }

    /// Its control groups.
    package mutating func cgroups() throws(KernelFileError) -> CgroupMembership {
        try readCgroups()
        return CgroupMembership(text: buffer.bytes)
    }

    /// Parent, name, start and state; nil when the kernel's text is not understood.
    mutating func stat() throws(KernelFileError) -> ProcessStat? {
        try buffer.read("stat", in: directory, limit: 4096, isMadeAtOnce: true)
        return ProcessStat(buffer.bytes)
    }

    /// Its network namespace. Needs CAP_SYS_PTRACE for processes of others, and fails with ENOENT for zombies.
    package mutating func networkNamespace() throws(KernelFileError) -> NetworkNamespace? {
        try buffer.readLink("ns/net", in: directory)
        return KernelFile.namespaceInode(buffer.bytes, kind: "net").map(NetworkNamespace.init)
    }

    /// Its mount namespace's inode number.
    package mutating func mountNamespace() throws(KernelFileError) -> UInt64? {
        try buffer.readLink("ns/mnt", in: directory)
        return KernelFile.namespaceInode(buffer.bytes, kind: "mnt")
    }

    /// Its PID namespace's inode number.
    package mutating func processNamespace() throws(KernelFileError) -> UInt64? {
        try buffer.readLink("ns/pid", in: directory)
        return KernelFile.namespaceInode(buffer.bytes, kind: "pid")
    }

    /// Path of its program, as its own mount namespace has it; ends in ` (deleted)` when the file is no more. Nil for
    /// kernel threads.
    package mutating func executable() throws(KernelFileError) -> String? {
        do throws(KernelFileError) {
            try buffer.readLink("exe", in: directory)
            return String(decoding: buffer.bytes, as: UTF8.self)
        } catch {
            guard error.code == ENOENT else { throw error }
            return nil
        }
    }

    /// What it was started with, up to `limit` bytes; empty for zombies and kernel threads. The process may have
    /// written over it.
    package mutating func commandLine(limit: Int = 4096) throws(KernelFileError) -> [String] {
        try buffer.read("cmdline", in: directory, limit: limit)
        var bytes = buffer.bytes
        if bytes.last == 0 { bytes.removeLast() }
        guard !bytes.isEmpty else { return [] }
        return bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Its number in its own PID namespace and in those around it, from the reader's inwards.
    package mutating func identifiers() throws(KernelFileError) -> [Int32] {
        // The line of its groups, which comes first, has up to 65,536 numbers.
        try buffer.read("status", in: directory, limit: 1 << 20)
        // The name's line has its line ends escaped: a process cannot write this line by calling itself so.
        let bytes = buffer.bytes
        guard let start = bytes.firstStart(of: "\nNSpid:") else { return [] }
        return bytes[(start + 7)...].prefix { $0 != UInt8(ascii: "\n") }
            .split { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
            .compactMap { UInt64(decimal: $0).flatMap(Int32.init(exactly:)) }
    }

    /// All of it that a scan wants, read into the least number of calls; nil when the process has gone or is going.
    package mutating func facts() throws(KernelFileError) -> ProcessFacts? {
        var memory = CgroupMemory(namespaces: CgroupPath.containerdNamespaces)
        return try facts(&memory)
    }

    mutating func facts(_ memory: inout CgroupMemory) throws(KernelFileError) -> ProcessFacts? {
        do throws(KernelFileError) {
            guard let stat = try stat() else { return nil }
            let isZombie = stat.state == UInt8(ascii: "Z") || stat.state == UInt8(ascii: "X")
            var namespace: NetworkNamespace?
            do throws(KernelFileError) {
                namespace = isZombie ? nil : try networkNamespace()
            } catch {
                guard error.isDenied else { throw error }
            }
            try readCgroups()
            return ProcessFacts(
                identifier: identifier,
                parent: stat.parent,
                name: stat.name,
                startTicks: stat.startTicks,
                isZombie: isZombie,
                isKernelThread: stat.isKernelThread,
                namespace: namespace,
                cgroups: memory.membership(buffer.bytes)
            )
        } catch {
            guard error.isGone else { throw error }
            return nil
        }
    }

    private mutating func readCgroups() throws(KernelFileError) {
        // Twelve controllers and a path of 4,096 bytes each.
        try buffer.read("cgroup", in: directory, limit: 1 << 16, isMadeAtOnce: true)
    }
}
