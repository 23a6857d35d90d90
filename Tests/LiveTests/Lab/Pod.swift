/// A pod without a container engine: one process that holds its network namespace and one that works, each in a control group
/// named as a runtime would.
final class Pod: Place {
    let name: String
    let node: Node
    let style: PodStyle
    /// The pod's UUID, which some styles have in the path.
    let uid: String
    /// Identifiers of its two containers, 64 hexadecimal digits each.
    let pause: String
    let app: String
    /// Their processes, by their pids here.
    let pauseProcess: Int32
    let appProcess: Int32
    /// Paths of their control groups as the node sees them.
    let pauseGroup: String
    let appGroup: String
    /// In the order of its interfaces, eth0 first.
    let addresses: [String]
    /// The other ends of its interfaces, in the node's network namespace.
    let veths: [String]
    /// The inode number of its network namespace.
    let networkNamespace: UInt64
    /// What came of the greeting it was to begin with.
    let greeting: Exchange?
    let groups: [String]
    let program: LabProgram

    /// What its server listens on where nothing else was asked for.
    static let port: UInt16 = 7000

    init(_ description: Description, on node: Node) {
        name = description.name
        self.node = node
        style = description.style
        uid = description.uid
        pause = description.pause
        app = description.app
        pauseProcess = description.pausePid
        appProcess = description.appPid
        pauseGroup = description.pauseGroup
        appGroup = description.appGroup
        addresses = description.addresses
        veths = description.veths
        networkNamespace = description.network
        greeting = description.greeting
        groups = description.appFolders
        program = node.program
    }

    /// Commands run beside its app, in the app's control group.
    var process: Int32 { appProcess }

    /// Its first address.
    var address: String { addresses.first ?? "" }

    /// As the lab's program tells of it.
    struct Description: Decodable {
        var name: String
        var node: String
        var style: PodStyle
        var uid: String
        var pause: String
        var app: String
        var pausePid: Int32
        var appPid: Int32
        var pauseGroup: String
        var appGroup: String
        var appFolders: [String]
        var addresses: [String]
        var veths: [String]
        var network: UInt64
        var greeting: Exchange?
    }
}
