package import Flows
package import Wire

/// What a pipeline can be told before it starts.
package struct PipelineSettings: Sendable {
    /// Bounds and time-outs of the flow table.
    package var flows = FlowConfiguration()
    /// The UDP ports that tunnels are looked for on.
    package var tunnelPorts = TunnelPorts()
    /// Needs a journal.
    package var sockets = SocketInterest.none

    package init() {}
}
