import Addressing
import Containers
import Testing

@testable import Baseline

@Suite("Workloads")
struct WorkloadTests {
    @Test(arguments: [
        ("nginx", "nginx"), ("nginx:1.27", "nginx"),
        ("registry.example:5000/shop/api", "registry.example:5000/shop/api"),
        ("registry.example:5000/shop/api:1.4@sha256:00ff", "registry.example:5000/shop/api"),
        ("nginx@sha256:00ff", "nginx"),
    ])
    func ofAnImageTheNameCounts(image: String, base: String) {
        #expect(ImageName.base(of: image) == base)
    }

    @Test(arguments: [
        ("cart-6d4cf56db6-x7k2p", "cart"), ("db-0", "db"), ("db-12", "db"), ("agent-x7k2p", "agent"), ("web", "web"),
        ("backup-28391040-zt4vn", "backup"), ("shop-front", "shop-front"), ("shop-cart-house", "shop-cart-house"),
    ])
    func podsOfAControllerHaveOneName(pod: String, base: String) {
        #expect(PodName.base(of: pod) == base)
    }

    @Test func replicasAndReleasesAreOneWorkload() throws {
        let first = Workload(Shop.container("api", number: 1))
        let second = Workload(Shop.container("api", number: 2, image: "registry.example:5000/api:2.0"))
        #expect(first == second && first != nil)
        #expect(Workload(Shop.container("api", project: "bank")) != first)
        #expect(Workload(Shop.container("api", image: "evil/api:1.4")) != first)
    }

    @Test func aPodIsItsLabelsElseItsName() throws {
        var sandbox = Container(key: ContainerKey(identifier: "1", generation: 1))
        sandbox.description.pod = "cart-6d4cf56db6-x7k2p"
        sandbox.description.podNamespace = "shop"
        sandbox.description.isSandbox = true
        var inner = Container(key: ContainerKey(identifier: "2", generation: 1))
        inner.description.pod = "cart-6d4cf56db6-b2b2b"
        inner.description.podNamespace = "shop"
        inner.description.image = "cart:1"
        #expect(Workload(sandbox) == Workload(inner))
        #expect(Workload(inner)?.pod == "cart")
        inner.description.labels = ["app": "cart", "pod-template-hash": "6d4cf56db6"]
        let labelled = try #require(Workload(inner))
        #expect(labelled.labels == [Workload.Label(key: "app", value: "cart")])
        #expect(labelled.pod == nil && labelled.image == nil && labelled.namespace == "shop")
    }

    @Test func whoIsNotDescribedIsHisNetwork() throws {
        var index = WorkloadIndex()
        let nobody = BaselineEnd(
            try Shop.address("10.1.2.3"),
            container: Container(key: ContainerKey(identifier: "x", generation: 1))
        )
        #expect(index.workload(of: nobody)?.segment == "10.1.2.0/24")
        #expect(index.workload(of: BaselineEnd(try Shop.address("fd00::1:2")))?.segment == "fd00::/64")
        #expect(index.workload(of: BaselineEnd(try Shop.address("10.1.2.3"), segment: "br0"))?.segment == "br0")
        #expect(index.workload(of: BaselineEnd(try Shop.address("10.1.2.3"), kind: .host)) == nil)
        #expect(index.workload(of: BaselineEnd(try Shop.address("198.51.100.1"))) == nil)
        #expect(index.place(of: BaselineEnd(try Shop.address("224.0.0.1"))) == nil)
    }

    @Test func aWorkloadDescribedAnewIsAnother() throws {
        var index = WorkloadIndex()
        var container = Container(key: ContainerKey(identifier: "x", generation: 1))
        let address = try Shop.address("10.1.2.3")
        let before = index.workload(of: BaselineEnd(address, container: container))
        container.description.image = "nginx:1"
        let after = index.workload(of: BaselineEnd(address, container: container))
        #expect(before?.segment != nil && after?.image == "nginx")
    }

    @Test func textsOfOthersAreMadePlain() {
        #expect(PlainText.of(String(repeating: "é", count: 200)) == String(repeating: "é", count: 127))
        #expect(PlainText.of("a\u{1b}[31m\nb\u{e000}") == "a\u{fffd}[31m\u{fffd}b\u{fffd}")
        #expect(PlainText.of("  ") == nil && PlainText.of("") == nil && PlainText.of("short") == "short")
    }

    @Test func theyHaveOneOrder() throws {
        let all = try ["web", "db", "api"].map { try Shop.workload($0) }.sorted()
        #expect(all.compactMap { $0.label("com.docker.compose.service") } == ["api", "db", "web"])
    }
}
