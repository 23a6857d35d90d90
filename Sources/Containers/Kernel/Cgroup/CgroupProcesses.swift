import CLinux
import Glibc

/// Reading which processes are in a control group. cgroups(7), cgroup.procs.
package enum CgroupProcesses {
    /// The processes in the group at `directory` and in the groups below it, at most `limit`, at most `depth` groups
    /// deep; 1 is the group alone.
    ///
    /// Empty when the group has gone. Processes of a PID namespace that cannot be seen from here read as 0 and are left
    /// out.
    package static func identifiers(in directory: String, limit: Int = 4096, depth: Int = 8) -> [Int32] {
        var found: [Int32] = []
        var budget = 256
        collect(directory, in: CLinux_currentDirectory(), depth: depth, budget: &budget, limit: limit, into: &found)
        return found
    }

    /// `budget` is the groups that may still be looked into: a container may make groups without end.
    private static func collect(
        _ name: String,
        in parent: Int32,
        depth: Int,
        budget: inout Int,
        limit: Int,
        into found: inout [Int32]
    ) {
        guard budget > 0, found.count < limit else { return }
        budget -= 1
        do {
            var names = try DirectoryNames(name, in: parent)
            var buffer = ReadBuffer()
            // A process a line, of up to seven digits.
            _ = try? buffer.read("cgroup.procs", in: names.descriptor, limit: 8 * limit)
            for line in buffer.bytes.split(separator: UInt8(ascii: "\n")) where found.count < limit {
                if let identifier = UInt64(decimal: line).flatMap(Int32.init(exactly:)), identifier > 0 {
                    found.append(identifier)
                }
            }
            guard depth > 1 else { return }
            while let (name, kind) = names.next() {
                guard kind == UInt8(DT_DIR) else { continue }
                collect(name, in: names.descriptor, depth: depth - 1, budget: &budget, limit: limit, into: &found)
            }
        } catch {
            // Gone meanwhile.
        }
    }
}
