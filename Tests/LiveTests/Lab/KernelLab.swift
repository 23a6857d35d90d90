import Synchronization

/// Two nodes with pods made of nothing but the kernel: cni0 and a routed VXLAN as flannel makes them (VNI 1, port 8472), and
/// layer-2 segments over VXLAN, the first of VNI 42 on port 4789.
///
/// Fifty pods are there in less than a second or two, so tests may make one each.
final class KernelLab: Sendable {
    let lab: Lab
    private let state: Mutex<State>

    private struct State {
        var pods: [Pod] = []
        var count = 0
        var countOnNode: [String: Int] = [:]
    }

    /// `pods` are spread over the nodes in turn, with all styles in turn. One pod of each node is on segment 42, too.
    init(
        pods count: Int = 4,
        nodes: [String] = ["node-a", "node-b"],
        routedPort: UInt16 = 8472,
        hierarchies: Lab.Hierarchies = .machine
    ) throws {
        lab = try Lab(nodes: nodes, hierarchies: hierarchies)
        state = Mutex(State())
        try lab.program.tell(Route(port: routedPort))
        try stretch(networkIdentifier: 42)
        let requests = (0..<count).map { index in
            var request = PodRequest(on: nodes[index % nodes.count])
            if index < nodes.count {
                request.segments = [.init(networkIdentifier: 42, address: "10.45.0.\(index + 1)/24")]
            }
            return request
        }
        if count > 0 { try start(requests) }
    }

    var nodes: [Node] { lab.nodes }

    /// All pods that run, in the order they were started.
    var pods: [Pod] { state.withLock { $0.pods } }

    func pod(on node: Node) -> Pod? { pods.first { $0.node === node } }

    /// Lays another layer-2 segment over all nodes: a bridge br-N without an address, and vxN in it.
    func stretch(networkIdentifier: UInt32, port: UInt16 = 4789) throws {
        try lab.program.tell(Stretch(vni: networkIdentifier, port: port))
    }

    /// Starts pods, all in one go.
    @discardableResult
    func start(_ requests: [PodRequest]) throws -> [Pod] {
        let specs = try requests.map { try specification($0) }
        let answer = try lab.program.ask(Start(specs: specs), for: [Pod.Description].self)
        let started = try answer.map { description in Pod(description, on: try node(description.node)) }
        state.withLock { $0.pods += started }
        return started
    }

    @discardableResult
    func start(_ request: PodRequest) throws -> Pod { try start([request])[0] }

    /// Stops pods: their processes, interfaces and control groups are gone when this returns.
    func stop(_ pods: [Pod]) throws {
        try lab.program.tell(Stop(names: pods.map(\.name)))
        state.withLock { state in state.pods.removeAll { pod in pods.contains { $0 === pod } } }
    }

    /// Has each pod talk to its endpoints in turn, all pods at a time: `bytes` there, and the same back.
    @discardableResult
    func talk(
        _ orders: [(pod: Pod, to: Endpoint)],
        bytes: Int = 100,
        protocol kind: Exchange.TransportProtocol = .tcp
    ) throws
        -> [Exchange]
    {
        var byPod: [String: [Target]] = [:]
        for order in orders { byPod[order.pod.name, default: []].append(Target(order.to)) }
        return try lab.program.ask(Talk(orders: byPod, size: bytes, protocol: kind), for: [Exchange].self)
    }

    /// Who is to talk to whom so that every pod has talked to all pods of other nodes and to `neighbours` of its own.
    ///
    /// Not to all: each would need the hardware address of each, and the kernel keeps 1,024 of them for the whole machine
    /// (gc_thresh3 in arp(7)). Pods of other nodes are behind the gateway's.
    func everyPair(neighbours: Int = 8) -> [(pod: Pod, to: Endpoint)] {
        let pods = pods
        return pods.indices.flatMap { index in
            let others = pods[(index + 1)...] + pods[..<index]
            let near = others.filter { $0.node === pods[index].node }.prefix(neighbours)
            let far = others.filter { $0.node !== pods[index].node }
            return (near + far).map { (pods[index], Endpoint($0.address)) }
        }
    }

    /// Has a pod send UDP datagrams under an IPv4 address that is not its own, from port 40000.
    func forge(from pod: Pod, source: String, to target: Endpoint, count: Int = 3, bytes: Int = 32) throws {
        let order = Forge(
            pod: pod.name,
            source: source,
            address: target.address,
            port: target.port,
            count: count,
            size: bytes
        )
        _ = try lab.program.ask(order, for: Int.self)
    }

    /// Has a pod send to others for a time, whether they answer or not; returns at once.
    func shout(from pod: Pod, to shouts: [Shout], for seconds: Double) throws {
        try lab.program.tell(ShoutOrder(pod: pod.name, to: shouts.map(ShoutTarget.init), seconds: seconds))
    }

    /// All that reached the servers of pods since they began.
    func heard(_ pods: [Pod]) throws -> [Heard] {
        try lab.program.ask(HeardOrder(names: pods.map(\.name)), for: [Heard].self)
    }

    /// Takes everything down, and waits until it is.
    func close() { lab.close() }

    private func node(_ name: String) throws -> Node {
        guard let node = nodes.first(where: { $0.name == name }) else { throw LabError("there is no node \(name)") }
        return node
    }

    private func specification(_ request: PodRequest) throws -> Specification {
        _ = try node(request.node)
        let (index, number) = state.withLock { state in
            state.count += 1
            if let number = request.number { return (state.count, number) }
            state.countOnNode[request.node, default: 0] += 1
            return (state.count, state.countOnNode[request.node, default: 0])
        }
        return Specification(
            name: "pod-\(index)",
            node: request.node,
            number: number,
            style: request.style ?? PodStyle.allCases[(index - 1) % PodStyle.allCases.count],
            routed: request.isRouted,
            overlays: request.segments.map { .init(vni: $0.networkIdentifier, address: $0.address) },
            ports: request.ports,
            greet: request.greeting.map(Target.init),
            shout: request.shouts.map(ShoutTarget.init)
        )
    }
}
