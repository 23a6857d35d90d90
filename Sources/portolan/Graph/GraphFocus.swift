import Graph
import Records

extension GraphPicture {
    /// Only what is called so, and whom it talks to: a row of the chart, or a container, its pod, or its identifier, as
    /// `--container` takes it, or an end's own name. Nil where nothing is.
    func focused(on name: String, _ fold: Rung?) -> GraphPicture? {
        let criterion = ContainerCriterion(value: name)
        var wanted = Set(
            endpoints.values.filter { endpoint in
                if endpoint.name == name || endpoint.key.name == name || endpoint.key.description == name {
                    return true
                }
                return endpoint.container.map(criterion.names) ?? false
            }
            .map(\.key)
        )
        var folder = Folder()
        folder.take(self)
        for row in folder.fold(FoldView(fold ?? .service)).rows where row.name == name { wanted.formUnion(row.members) }
        guard !wanted.isEmpty else { return nil }
        let edges = edges.filter { wanted.contains($0.key.source) || wanted.contains($0.key.destination) }
        let near = Set(edges.keys.flatMap { [$0.source, $0.destination] }).union(wanted)
        return GraphPicture(
            endpoints: endpoints.filter { near.contains($0.key) },
            edges: edges,
            minutes: minutes,
            folding: folding
        )
    }
}
