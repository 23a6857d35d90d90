package import Graph
package import Records

/// What comes while somebody follows.
package struct AgentFeeds: Sendable {
    package let flows = Feed<FlowRecord>(limit: flowLimit)
    package let alerts = Feed<AlertRecord>(limit: alertLimit)
    /// Each is what changed in a second.
    package let changes = Feed<GraphChanges>(limit: changeLimit)

    /// The newest flows, alerts, and changes of the graph, that are kept for those that follow.
    package static var flowLimit: Int { 8192 }
    package static var alertLimit: Int { 1024 }
    package static var changeLimit: Int { 16 }

    package init() {}

    /// Wakes all that follow, so that they say that they are there.
    package func beat() {
        flows.beat()
        alerts.beat()
        changes.beat()
    }

    package func close() {
        flows.close()
        alerts.close()
        changes.close()
    }
}
