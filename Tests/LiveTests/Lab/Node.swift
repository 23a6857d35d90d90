/// A host of its own as far as its processes can see: network, PID, mount, UTS, IPC and cgroup namespaces.
///
/// `/run` and `/var/lib` are its own and empty, so daemons use their usual paths there; what they leave goes with the node.
final class Node: Place {
    /// The host's name, too.
    let name: String
    /// Its init, by its pid here.
    let process: Int32
    /// Its address on the underlay, where it has eth0.
    let address: String
    let groups: [String]
    let program: LabProgram

    init(_ description: Description, of program: LabProgram) {
        name = description.name
        process = description.pid
        address = description.address
        groups = description.groups
        self.program = program
    }

    /// As the lab's program tells of it.
    struct Description: Decodable {
        var name: String
        var pid: Int32
        var address: String
        var groups: [String]
    }

    /// A path of the node as it is seen from outside, such as that of a socket.
    func outside(_ path: String) -> String { "/proc/\(process)/root\(path)" }

    /// The inode number of its network namespace.
    var networkNamespace: UInt64 {
        get throws {
            guard let inode = Lab.networkNamespace(of: process) else { throw LabError("\(name) is gone") }
            return inode
        }
    }
}
