import Support
import Testing

extension Live {
    /// Who is it in a pod that containerd made as a kubelet asks for one. Nobody is asked: what is known stands in the bundles.
    @Suite("Identity from containerd", .needs(.containerd))
    struct PodIdentityTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        private static func fetch(_ node: Node, from pod: CRIPod, _ host: String) throws {
            try node.output(
                of: "nsenter",
                "-t",
                String(pod.containerProcess),
                "-n",
                "busybox",
                "wget",
                "-q",
                "-O",
                "-",
                "http://\(host)/"
            )
        }

        private static func served(_ flows: [Conversation], _ address: String) -> [Conversation] {
            flows.filter { $0.end("destination") == "\(address):80" }
        }

        @Test func podsAreNamedOnBothEnds() throws {
            let lab = try ContainerdLab()
            let cart = try lab.containerd.runPod("cart", labels: ["app": "cart"], command: Self.web)
            let watch = try Observation(on: lab.node)
            // One that was there before, and one that comes later.
            let front = try lab.containerd.runPod("front", namespace: "edge")
            try Self.fetch(lab.node, from: front, cart.address)
            try watch.wait("it was seen") { !Self.served($0, cart.address).isEmpty }
            let flow = try #require(Self.served(try watch.end(), cart.address).first)
            #expect(flow.last["source.container.pod"] == "front")
            #expect(flow.last["source.container.namespace"] == "edge")
            #expect(flow.last["destination.container.pod"] == "cart")
            #expect(flow.last["destination.container.namespace"] == "shop")
            // A namespace that is shared: whoever has the socket is the server, and of clients nothing tells which it is.
            #expect(flow.container("destination") == cart.container)
            #expect(flow.name("destination") == "app")
            #expect(flow.last["destination.container.image.name"] == BoxImage.name)
            #expect(flow.last["destination.container.runtime"] == "containerd")
            #expect(flow.last["destination.identity.method"] == "socket")
            #expect([front.sandbox, front.container].contains(flow.container("source") ?? ""))
            if flow.last["source.identity.confidence"] == "ambiguous" {
                #expect(flow.container("source") == front.sandbox)
            }
            #expect(flow.path.contains("cni0") || flow.path.count >= 2)
        }

        @Test func whoContainerdRanStaysKnownWhenItIsGone() throws {
            let lab = try ContainerdLab()
            let cart = try lab.containerd.runPod("cart", command: Self.web)
            let front = try lab.containerd.runPod("front")
            let watch = try Observation(on: lab.node)
            lab.containerd.daemon.kill()
            try Self.fetch(lab.node, from: front, cart.address)
            try watch.wait("it was seen") { !Self.served($0, cart.address).isEmpty }
            let flow = try #require(Self.served(try watch.end(), cart.address).first)
            #expect(flow.last["source.container.pod"] == "front" && flow.last["destination.container.pod"] == "cart")
            // Nobody was asked, so nobody lacks; unless this was built to ask.
            #if CRI
            #expect(watch.running.errors.contains("/run/containerd/containerd.sock: "))
            #else
            #expect(watch.running.errors.split(separator: "\n").count == 1)
            #endif
        }
    }
}
