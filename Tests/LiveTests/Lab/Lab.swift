import Foundation
import Glibc
import Synchronization

/// Hosts that a test made for itself: nodes joined by an underlay, a bridge in a network namespace that has no way out.
///
/// It lives until `close`, or until nobody refers to it, its nodes or its pods. It is safe to let a test fail in the middle.
final class Lab: Sendable {
    /// What the nodes see under /sys/fs/cgroup.
    enum Hierarchies: Sendable {
        /// What the machine has: v1 with v2 beside it, or v2.
        case machine
        /// v2 alone, also where the machine has both.
        case unified
    }

    /// What its control groups are called, below those that the test program is in.
    let name: String
    let nodes: [Node]
    let program: LabProgram

    private static let numbers = Atomic<Int>(0)

    init(nodes names: [String] = ["node-a", "node-b"], hierarchies: Hierarchies = .machine) throws {
        program = try LabProgram()
        let number = Self.numbers.wrappingAdd(1, ordering: .relaxed).newValue
        let request = Open(number: number, nodes: names, v2_only: hierarchies == .unified)
        let answer = try program.ask(request, for: Opened.self)
        name = answer.name
        nodes = answer.nodes.map { [program] in Node($0, of: program) }
    }

    /// Takes everything down, and waits until it is.
    func close() { program.close() }

    /// The pid of the process in whose network namespace the underlay's bridge lies.
    var underlayProcess: Int32 { program.processIdentifier }

    /// The inode number of a process's network namespace; nil when it is gone.
    static func networkNamespace(of process: Int32) -> UInt64? {
        var file = stat()
        guard unsafe stat("/proc/\(process)/ns/net", &file) == 0 else { return nil }
        return UInt64(file.st_ino)
    }

    private struct Open: Encodable {
        let `do` = "open"
        var number: Int
        var nodes: [String]
        var v2_only: Bool
    }

    private struct Opened: Decodable {
        var name: String
        var nodes: [Node.Description]
    }
}
