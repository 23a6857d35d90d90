#if CRI
import Glibc
import Support
import Testing

extension Live {
    /// What stands in no bundle: a program that was built with the trait CRI asks containerd itself.
    @Suite("Labels of pods, from the CRI", .needs(.containerd))
    struct PodLabelTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]
        private static let labels = ["app": "cart", "team": "shop", "app.kubernetes.io/component": "basket"]

        @Test func containersListsThem() throws {
            let lab = try ContainerdLab()
            let cart = try lab.containerd.runPod("cart-5d4-x7k2p", labels: Self.labels + ["pod-template-hash": "5d4"])
            let outcome = try lab.node.runPortolan("containers", "-o", "json", "--owner-label", "team")
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
            let records = outcome.records
            #expect(Set(records.map { $0["container.id"] }) == [cart.container, cart.sandbox])
            for record in records {
                #expect(record["container.labels.app"] == "cart")
                #expect(record["container.owner"] == "shop")
                #expect(record["container.role"] == "basket")
                #expect(record["container.creator"] == "deployment/cart")
                #expect(record["container.pod"] == "cart-5d4-x7k2p" && record["container.namespace"] == "shop")
                #expect(record["container.pod_id"] == cart.uid)
                #expect(record["container.runtime"] == "containerd")
                #expect(record["container.created"] != nil)
                #expect((record["container.sandbox"] != nil) == (record["container.id"] == cart.sandbox))
            }
            let app = try #require(records.first { $0["container.id"] == cart.container })
            // The image's name comes from the bundle: containerd itself was only told its number.
            #expect(app["container.name"] == "app" && app["container.image.name"] == BoxImage.name)
            #expect(app["container.network_of"] == cart.sandbox)
            let table = try lab.node.runPortolan("containers")
            #expect(table.output.contains("basket"))
        }

        @Test func flowsHaveThem() throws {
            let lab = try ContainerdLab()
            let cart = try lab.containerd.runPod("cart", labels: Self.labels, command: Self.web)
            let watch = try Observation(on: lab.node, "--owner-label", "team")
            // One that was there before, and one that comes later: the next sweep is a minute away.
            let front = try lab.containerd.runPod("front", labels: ["app": "front"])
            try watch.wait("the late pod's labels are told", within: .seconds(20)) { flows in
                // A new flow each time, as what is told of one is what was known when it ended.
                let process = String(front.containerProcess)
                _ = try? lab.node.output(
                    of: "nsenter",
                    "-t",
                    process,
                    "-n",
                    "busybox",
                    "wget",
                    "-q",
                    "-O",
                    "-",
                    "http://\(cart.address)/"
                )
                return flows.to("\(cart.address):80").contains { $0.last["source.container.labels.app"] == "front" }
            }
            let flow = try #require(
                try watch.end().to("\(cart.address):80").last { $0.last["source.container.labels.app"] == "front" }
            )
            #expect(flow.last["source.container.pod"] == "front")
            #expect(flow.container("destination") == cart.container)
            #expect(flow.last["destination.container.labels.app"] == "cart")
            #expect(flow.last["destination.container.owner"] == "shop")
            #expect(flow.last["destination.container.role"] == "basket")
            #expect(flow.last["source.container.owner"] == nil)
        }

        @Test func aContainerdThatHangsCostsLabelsOnly() throws {
            let lab = try ContainerdLab()
            let cart = try lab.containerd.runPod("cart", labels: Self.labels, command: Self.web)
            lab.containerd.daemon.signal(SIGSTOP)
            let hung = try lab.node.runPortolan("containers", "-o", "json")
            #expect(hung.status == 0)
            #expect(hung.errors.contains("/run/containerd/containerd.sock: no answer yet"), "\(hung.errors)")
            let app = try #require(hung.records.first { $0["container.id"] == cart.container })
            #expect(app["container.name"] == "app" && app["container.pod"] == "cart")
            #expect(app["container.labels.app"] == nil)
            lab.containerd.daemon.signal(SIGCONT)
            let again = try lab.node.runPortolan("containers", "-o", "json")
            #expect(again.errors.isEmpty)
            #expect(again.records.allSatisfy { $0["container.labels.app"] == "cart" })
        }
    }
}

extension [String: String] {
    fileprivate static func + (left: Self, right: Self) -> Self { left.merging(right) { $1 } }
}
#endif
