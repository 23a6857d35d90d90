package import Addressing
package import Containers
package import Graph
package import Records
package import Store

/// What an agent knows at a moment: a value that nothing changes any more, to be read on any thread.
package struct AgentView: Sendable {
    package var version: String
    /// When the agent began to watch.
    package var started: Timestamp
    /// The moment it speaks of.
    package var time: Timestamp
    package var summary: CaptureSummary
    package var graph: GraphPicture
    package var inventory: Inventory
    /// How it goes with the database; nil where nothing is to be remembered.
    package var store: StoreCondition?
    /// What was found; nil where nothing is judged.
    package var alerts: AlertTally?
    /// What came of holding devices until they are known; nil where nobody is held.
    package var held: HoldCondition?
    /// How it goes with packets that are written down; nil where none are to be.
    package var recording: RecordingCondition?
    /// How it goes with cases; nil where nothing is remembered.
    package var cases: CaseCondition?
    /// What goes over its edges each second.
    package var rates: [EdgeKey: EdgeRate] = [:]
    /// What the process takes.
    package var process = ProcessFacts()

    package init(
        version: String,
        started: Timestamp,
        time: Timestamp,
        summary: CaptureSummary,
        graph: GraphPicture,
        inventory: Inventory
    ) {
        self.version = version
        self.started = started
        self.time = time
        self.summary = summary
        self.graph = graph
        self.inventory = inventory
    }
}

/// What came of holding devices until the container behind them is known.
package struct HoldCondition: Hashable, Sendable {
    /// Frames that were dropped meanwhile.
    package var packets: UInt64
    /// Devices that wait now.
    package var waiting: Int
    /// Devices that were let through, and how many of them because their time was over.
    package var released: UInt64
    package var overdue: UInt64

    package init(packets: UInt64, waiting: Int, released: UInt64, overdue: UInt64) {
        self.packets = packets
        self.waiting = waiting
        self.released = released
        self.overdue = overdue
    }
}

/// How it goes with the database of an agent.
package struct StoreCondition: Hashable, Sendable {
    package var path: String
    /// Why nothing is written at present; nil when all is well.
    package var fault: String?
    package var written: UInt64
    package var lost: UInt64
    package var waiting: Int
    /// When it was written to last.
    package var last: Timestamp?

    package init(
        path: String,
        fault: String?,
        written: UInt64,
        lost: UInt64,
        waiting: Int,
        last: Timestamp?
    ) {
        self.path = path
        self.fault = fault
        self.written = written
        self.lost = lost
        self.waiting = waiting
        self.last = last
    }
}
