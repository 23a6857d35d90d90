package import Addressing
package import Containers
package import Graph
package import Records

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
