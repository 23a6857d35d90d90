import Addressing
import Containers
import Testing

@testable import Runtimes

@Suite("OCI configurations")
struct OCIConfigurationTests {
    private func read(
        _ annotations: [String: String],
        namespaces: [String] = ["mount", "network"]
    ) throws -> ContainerDescription {
        let pairs = annotations.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ",")
        let types = namespaces.map { #"{"type":"\#($0)"}"# }.joined(separator: ",")
        let text = #"{"ociVersion":"1.0.2","annotations":{\#(pairs)},"linux":{"namespaces":[\#(types)]}}"#
        return try #require(decoded(OCIConfiguration.self, from: Array(text.utf8))).description
    }

    private func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\\\"") + "\"" }

    /// As containerd 1.6 wrote them.
    @Test func readsAContainerOfAPodInContainerd() throws {
        let told = try read([
            "io.kubernetes.cri.container-name": "app", "io.kubernetes.cri.container-type": "container",
            "io.kubernetes.cri.image-name": "lab.local/bb:1", "io.kubernetes.cri.sandbox-id": "cf90",
            "io.kubernetes.cri.sandbox-name": "shop-web", "io.kubernetes.cri.sandbox-namespace": "shop",
            "io.kubernetes.cri.sandbox-uid": "uid-1234",
        ])
        var expected = ContainerDescription()
        expected.runtime = .containerd
        expected.name = "app"
        expected.image = "lab.local/bb:1"
        expected.pod = "shop-web"
        expected.podNamespace = "shop"
        expected.podIdentifier = "uid-1234"
        expected.networkOf = "cf90"
        #expect(told == expected)
    }

    @Test func readsThePauseContainerOfAPodInContainerd() throws {
        let told = try read([
            "io.kubernetes.cri.container-type": "sandbox", "io.kubernetes.cri.sandbox-id": "cf90",
            "io.kubernetes.cri.sandbox-name": "shop-web", "io.kubernetes.cri.sandbox-namespace": "shop",
        ])
        #expect(told.isSandbox && told.networkOf == nil && told.pod == "shop-web")
    }

    @Test func readsAContainerOfAPodInCRIO() throws {
        let told = try read([
            "io.container.manager": "cri-o", "io.kubernetes.cri-o.ContainerType": "container",
            "io.kubernetes.cri-o.SandboxID": "b5", "io.kubernetes.cri-o.Name": "k8s_app_web-0_shop_u1_0",
            "io.kubernetes.cri-o.ImageName": "quay.io/shop/web:2",
            "io.kubernetes.cri-o.Created": "2026-11-21T23:33:00.5Z",
            "io.kubernetes.cri-o.Labels":
                #"{"io.kubernetes.pod.name":"web-0","io.kubernetes.pod.namespace":"shop","io.kubernetes.pod.uid":"u1","#
                + #""io.kubernetes.container.name":"app","tier":"front"}"#,
        ])
        #expect(told.runtime == .crio && told.name == "app" && told.image == "quay.io/shop/web:2")
        #expect(told.pod == "web-0" && told.podNamespace == "shop" && told.podIdentifier == "u1")
        #expect(told.networkOf == "b5" && told.labels["tier"] == "front")
        #expect(told.created?.nanoseconds == 1_795_303_980_500_000_000)
    }

    /// CRI-O keeps a pod's labels in its sandbox's bundle.
    @Test func labelsInABundleSayWhoseItIs() throws {
        let labels = #"{\"team\":\"shop\",\"pod-template-hash\":\"5d4\"}"#
        let text =
            #"{"annotations":{"io.container.manager":"cri-o","io.kubernetes.pod.name":"cart-5d4-x7k2p","#
            + #""io.kubernetes.cri-o.ContainerType":"sandbox","io.kubernetes.cri-o.Labels":"\#(labels)"}}"#
        var keys = LabelKeys()
        keys.owner = ["team"]
        let told = try #require(decoded(OCIConfiguration.self, from: Array(text.utf8), keys)).description
        #expect(told.owner == "shop")
        #expect(told.creator == "deployment/cart")
    }

    @Test func readsThePauseContainerOfAPodInCRIO() throws {
        let told = try read([
            "io.container.manager": "cri-o", "io.kubernetes.cri-o.ContainerType": "sandbox",
            "io.kubernetes.cri-o.SandboxID": "b5",
            "io.kubernetes.cri-o.KubeName": "web-0", "io.kubernetes.cri-o.Namespace": "shop",
            "io.kubernetes.cri-o.Name": "k8s_POD_web-0_shop_u1_0", "io.kubernetes.pod.uid": "u1",
            "io.kubernetes.cri-o.HostNetwork": "true",
        ])
        #expect(told.isSandbox && told.networkOf == nil && told.pod == "web-0" && told.podNamespace == "shop")
        #expect(told.podIdentifier == "u1" && told.usesHostNetwork && told.labels.isEmpty)
    }

    /// As podman 4.3 wrote them.
    @Test func readsAContainerOfAPodInPodman() throws {
        let told = try read([
            "io.container.manager": "libpod", "io.kubernetes.cri-o.ContainerType": "container",
            "io.kubernetes.cri-o.SandboxID": "08f3", "io.kubernetes.cri-o.Created": "2026-11-21T23:33:43.352927413Z",
            "io.podman.annotations.privileged": "FALSE",
        ])
        #expect(told.runtime == .podman && told.networkOf == "08f3" && told.name == nil && !told.isSandbox)
        #expect(told.created?.nanoseconds == 1_795_304_023_352_927_413)
    }

    @Test func takesOneWithoutANetworkNamespaceForTheHosts() throws {
        #expect(try read([:], namespaces: ["mount", "pid"]).usesHostNetwork)
        #expect(try !read([:]).usesHostNetwork)
    }

    @Test(arguments: [
        "{}", #"{"annotations":null,"linux":{}}"#, #"{"annotations":[1],"linux":7}"#, #"{"linux":{"namespaces":{}}}"#,
    ])
    func tellsNothingWhereNothingIsSaid(text: String) throws {
        let told = try #require(decoded(OCIConfiguration.self, from: Array(text.utf8))).description
        #expect(told.runtime == nil && told.name == nil && told.pod == nil)
    }
}
