import Support
import Testing

extension Live {
    /// Who is it, with nothing but the kernel to tell.
    @Suite("Identity from the kernel", .needs(.nodes))
    struct KernelIdentityTests {
        @Test func bothEndsOfEveryFlowBetweenFiftyPodsAreNamed() throws {
            let lab = try KernelLab(pods: 50)
            // Some hundred connections at once, each past several interfaces, are a lot for a debug build.
            let watches = try lab.nodes.map { try Observation(on: $0, "--buffer-size", "262144") }
            let exchanges = try lab.talk(lab.everyPair())
            let podsByAddress = Dictionary(uniqueKeysWithValues: lab.pods.map { ($0.address, $0) })
            let podsByName = Dictionary(uniqueKeysWithValues: lab.pods.map { ($0.name, $0) })
            for (node, watch) in zip(lab.nodes, watches) {
                // What begins or ends here passes here.
                let count = exchanges.count { exchange in
                    podsByName[exchange.pod]?.node === node || podsByAddress[exchange.address]?.node === node
                }
                try watch.wait("all \(count) flows ended") { flows in
                    flows.count { $0.last["destination.port"] == "7000" && $0.last["event.action"] == "flow_ended" }
                        >= count
                }
            }
            let byNode = try Dictionary(uniqueKeysWithValues: zip(lab.nodes.map(\.name), watches.map { try $0.end() }))
            var wrong: [String] = []
            var records = 0
            for (name, flows) in byNode {
                for flow in flows where flow.last["destination.port"] == "7000" {
                    records += 1
                    for side in ["source", "destination"] {
                        guard let pod = podsByAddress[flow.last["\(side).ip"] ?? ""] else { continue }
                        let container = flow.container(side)
                        // A node names its own pods; what is on the other is behind that one's tunnel end.
                        let isRight =
                            pod.node.name == name
                            ? container == pod.pause || container == pod.app : container == nil
                        if !isRight {
                            wrong.append(
                                "\(name): \(side) \(flow.end("source")) → \(flow.end("destination")): "
                                    + "\(container ?? "nobody"), \(flow.last["\(side).identity.kind"] ?? "") "
                                    + "\(flow.last["\(side).identity.method"] ?? "") \(flow.path)"
                            )
                        }
                    }
                }
            }
            #expect(wrong == [])
            // One record for each conversation on each node it passed.
            let across = exchanges.filter { exchange in
                podsByAddress[exchange.address]?.node !== podsByName[exchange.pod]?.node
            }
            #expect(records == exchanges.count + across.count)
            // The same packets on both sides of the overlay.
            for exchange in across.prefix(50) {
                let source = "\(exchange.sourceAddress ?? ""):\(exchange.sourcePort ?? 0)"
                let views = byNode.values.flatMap { $0.between(source, "\(exchange.address):\(exchange.port)") }
                #expect(views.count == 2)
                #expect(Set(views.map { $0.last["network.packets"] }).count == 1)
                #expect(views.allSatisfy { $0.path.contains("eth0") && $0.path.count >= 2 })
            }
        }

        @Test func tenantsWithEqualAddressesAreNeverMixed() throws {
            let lab = try KernelLab(pods: 0)
            for identifier in [UInt32(7), 8] { try lab.stretch(networkIdentifier: identifier) }
            var requests: [PodRequest] = []
            for identifier in [UInt32(7), 8] {
                for (index, node) in lab.nodes.enumerated() {
                    var request = PodRequest(on: node.name)
                    request.isRouted = false
                    request.segments = [.init(networkIdentifier: identifier, address: "10.0.0.\(index + 1)/24")]
                    requests.append(request)
                }
            }
            let pods = try lab.start(requests)
            let watch = try Observation(on: lab.nodes[0])
            try lab.talk([(pods[0], Endpoint("10.0.0.2")), (pods[2], Endpoint("10.0.0.2"))])
            try watch.wait("both were seen") { $0.count { $0.last["destination.port"] == "7000" } >= 2 }
            let flows = try watch.end().filter { $0.last["destination.port"] == "7000" }
            #expect(flows.count == 2)
            for (pod, identifier) in [(pods[0], "7"), (pods[2], "8")] {
                let own = flows.filter { [pod.pause, pod.app].contains($0.container("source") ?? "") }
                #expect(own.map { $0.last["segment.id"] } == [identifier])
                // The veth tells the pod; which of its containers it is, its socket, when the kernel could still be asked for it.
                let methods = own.map { $0.last["source.identity.method"] ?? "" }
                #expect(methods == ["interface"] || methods == ["socket"])
            }
        }

        @Test func aForgedSourceIsAttributedByItsVeth() throws {
            let lab = try KernelLab(pods: 4)
            let (forger, victim, target) = (lab.pods[0], lab.pods[2], lab.pods[1])
            let watch = try Observation(on: lab.nodes[0])
            try lab.forge(from: forger, source: victim.address, to: Endpoint(target.address))
            try watch.wait("it was seen") { !$0.between("\(victim.address):40000", target.address).isEmpty }
            let flow = try #require(try watch.end().between("\(victim.address):40000", target.address).first)
            #expect([forger.pause, forger.app].contains(flow.container("source") ?? ""))
            #expect(flow.last["source.identity.forged"] == "1")
            #expect(flow.last["source.identity.method"] == "interface")
        }
    }
}
