/// A graph as it stands: what is drawn, told and compared. Nothing changes it any more.
package struct GraphPicture: Hashable, Sendable {
    package let endpoints: [EndpointKey: Endpoint]
    package let edges: [EdgeKey: Edge]
    /// The last minutes in which anything was counted, oldest first.
    package let minutes: [GraphMinute]
    package let folding: GraphFolding
}
