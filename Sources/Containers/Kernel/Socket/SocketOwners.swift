import CLinux
import Glibc

/// Finds the processes that hold sockets, by the sockets' inode numbers, which sock_diag tells. proc_pid_fd(5).
package enum SocketOwners {
    /// What a search gave.
    package struct Result: Hashable, Sendable {
        /// A socket is often held by a process and its children; the process of the lowest number is given, mostly the
        /// one that opened it.
        package var owners: [UInt64: SocketProcess] = [:]
        /// Processes whose files may not be read.
        package var denied = 0
        /// Whether a process had more open files than are looked at, or all of them together.
        package var isTruncated = false
    }

    /// Open files looked at, of one process and of all: about 1 µs each.
    package static let filesOfProcess = 65_536
    package static let files = 1 << 20

    /// Looks through the open files of `processes` until all of `sockets` are found.
    package static func find(
        _ sockets: Set<UInt64>,
        in processes: some Sequence<Int32>,
        root: String = "/proc"
    ) -> Result {
        var result = Result()
        var budget = files
        var buffer = ReadBuffer()
        for process in Set(processes).sorted() {
            guard result.owners.count < sockets.count else { break }
            do throws(KernelFileError) {
                var names = try DirectoryNames("\(root)/\(process)/fd", in: CLinux_currentDirectory())
                var left = min(budget, filesOfProcess)
                budget -= left
                var owner: SocketProcess?
                while let (name, _) = names.next(), result.owners.count < sockets.count {
                    guard left > 0 else {
                        result.isTruncated = true
                        break
                    }
                    left -= 1
                    guard let inode = socket(name, in: names.descriptor, &buffer), sockets.contains(inode),
                        result.owners[inode] == nil
                    else { continue }
                    owner = owner ?? describe(process, root)
                    result.owners[inode] = owner
                }
                budget += left
            } catch {
                // Else it has ended meanwhile.
                if error.isDenied { result.denied += 1 }
            }
        }
        return result
    }

    /// The inode number of an open file that is a socket.
    private static func socket(_ name: String, in directory: Int32, _ buffer: inout ReadBuffer) -> UInt64? {
        do {
            try buffer.readLink(name, in: directory)
        } catch {
            return nil
        }
        return KernelFile.namespaceInode(buffer.bytes, kind: "socket")
    }

    /// Nil when the process has ended meanwhile.
    package static func describe(_ process: Int32, _ root: String = "/proc") -> SocketProcess? {
        do {
            var files = try ProcessFiles(process, root: root)
            guard let stat = try files.stat() else { return nil }
            return SocketProcess(identifier: process, name: stat.name, executable: try? files.executable())
        } catch {
            return nil
        }
    }
}
