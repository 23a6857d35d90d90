/// What is drawn between two names, by their indices: all edges from one to the other that are of one kind.
struct Link {
    let source: Int
    let target: Int
    /// Crossing or dropped: it has trunks of its own.
    let isPrivate: Bool
    var isDropped = false
    var strength = LineClass.normal
    /// Bytes a second, or bytes where no rate is known.
    var weight = 0.0
    /// Into the edges of the graph.
    var edges: [Int] = []
    /// It goes against the layers, or along one.
    var isBack = false
}
