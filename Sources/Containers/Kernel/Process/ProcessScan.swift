import CLinux
import Glibc

/// One pass over all processes of /proc.
///
/// Costs three reads a process; the same control groups are taken apart once. Processes that come or go meanwhile are
/// told of or not.
package struct ProcessScan: ~Copyable {
    /// What a pass met.
    package struct Counts: Hashable, Sendable {
        /// Processes told of.
        package var processes = 0
        /// Went away while they were read.
        package var gone = 0
        /// Told of without their namespace, which may not be read.
        package var denied = 0
        /// Whether there were more processes than the limit.
        package var isTruncated = false
    }

    private let root: String
    private let limit: Int
    private var buffer = ReadBuffer()
    private var memory: CgroupMemory

    /// Ready to read `root`; a pass ends after `limit` processes. `namespaces` are containerd's, as in `CgroupPath`.
    package init(
        root: String = "/proc",
        limit: Int = 1 << 17,
        namespaces: Set<String> = CgroupPath.containerdNamespaces
    ) {
        memory = CgroupMemory(namespaces: namespaces)
        self.root = root
        self.limit = limit
    }

    /// Tells of every process, in the order of their numbers. Throws only when `root` itself cannot be read.
    package mutating func run(_ body: (ProcessFacts) -> Void) throws(KernelFileError) -> Counts {
        var counts = Counts()
        // Below, names of processes are opened by number in this one directory.
        var names = try DirectoryNames(root, in: CLinux_currentDirectory())
        while let (name, _) = names.next() {
            guard let identifier = Int32(name), identifier > 0 else { continue }
            guard counts.processes < limit else {
                counts.isTruncated = true
                break
            }
            guard let facts = read(identifier, name: name, in: names.descriptor) else {
                counts.gone += 1
                continue
            }
            counts.processes += 1
            if facts.namespace == nil, !facts.isZombie { counts.denied += 1 }
            body(facts)
        }
        return counts
    }

    private mutating func read(_ identifier: Int32, name: String, in directory: Int32) -> ProcessFacts? {
        // Handed over and taken back: two owners would make a copy of it for every process.
        var room = ReadBuffer()
        swap(&room, &buffer)
        do {
            var files = try ProcessFiles(identifier, path: name, in: directory, buffer: consume room)
            let facts = try files.facts(&memory)
            buffer = files.takeBuffer()
            return facts
        } catch {
            return nil
        }
    }
}
