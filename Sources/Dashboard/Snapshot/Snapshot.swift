package import Addressing
package import Containers
package import Graph
package import Records

/// What is drawn: all that is known at a moment, a value that nothing changes any more.
///
/// It is made of a capture file, of what this host sees, or of an agent's answers; whoever draws it cannot tell which. Each of its parts
/// has a form in JSON, which is how an agent tells it.
package struct Snapshot: Sendable {
    package var origin: Origin
    /// The moment it speaks of: a packet's time of a file, else the clock's. Nil before the first packet.
    package var time: Timestamp?
    package var graph: GraphPicture
    /// What goes over edges each second, where that is measured.
    package var rates: [EdgeKey: EdgeRate] = [:]
    /// Flows as they were told last, each once, newest last; at most `flowLimit`.
    package var flows: [FlowRecord] = []
    /// Flows that were told besides those.
    package var olderFlows: UInt64 = 0
    /// What was found, newest last; at most `alertLimit`.
    package var alerts: [AlertRecord] = []
    /// Alerts that were told besides those.
    package var olderAlerts: UInt64 = 0
    /// Whether anything judges what is seen; nil when nobody said.
    package var isJudged: Bool?
    /// What is blocked, and what was; at most `blockLimit`. Nil where nobody told: only an agent does.
    package var blocks: [BlockRecord]?
    /// Blocks that were told besides those.
    package var olderBlocks: UInt64 = 0
    /// Why the agent does not tell of them, in one line for people.
    package var blocksFault: String?
    package var inventory = Inventory()
    package var health = SnapshotHealth()
    package var timeline = Timeline()
    /// How far a file is read; nil when there is none, or all of it is.
    package var progress: LoadProgress?
    /// How a file is played; nil while none is.
    package var playback: Playback?
    /// Why nothing newer comes, in one line for people; nil when all is well.
    package var fault: String?
    /// What a person should know, newest last; at most `remarkLimit`.
    package var remarks: [String] = []

    package static var flowLimit: Int { 10_000 }
    package static var alertLimit: Int { 2000 }
    package static var blockLimit: Int { 20_000 }
    package static var remarkLimit: Int { 64 }

    /// Where it comes from.
    package enum Origin: Hashable, Sendable {
        /// Capture files, by name.
        case files([String])
        /// This host, on these interfaces; none for all.
        case host(name: String?, interfaces: [String])
        /// An agent, on the host of that name.
        case agent(host: String?, socket: String)
        /// A database that nobody may be writing to.
        case database(path: String)
    }

    package init(origin: Origin, time: Timestamp?, graph: GraphPicture) {
        self.origin = origin
        self.time = time
        self.graph = graph
    }
}

/// How far a file is read.
package struct LoadProgress: Hashable, Sendable {
    package var name: String
    package var bytesRead: UInt64
    /// Nil for a pipe.
    package var bytes: UInt64?
    package var packets: UInt64
    package var flows: UInt64

    package init(name: String, bytesRead: UInt64, bytes: UInt64?, packets: UInt64, flows: UInt64) {
        self.name = name
        self.bytesRead = bytesRead
        self.bytes = bytes
        self.packets = packets
        self.flows = flows
    }
}
