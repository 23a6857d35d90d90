#if CRI
import Addressing
import Containers
import Runtimes
import Testing

@testable import CRI

@Suite("What the CRI's lists tell")
struct CRIInventoryTests {
    private static let sandbox = String(repeating: "a", count: 64)
    private static let app = String(repeating: "b", count: 64)

    private func told(
        _ pods: [Runtime_V1_PodSandbox],
        _ containers: [Runtime_V1_Container],
        keys: LabelKeys = LabelKeys()
    ) -> [String: ContainerDescription] {
        var sandboxes = Runtime_V1_ListPodSandboxResponse()
        sandboxes.items = pods
        var all = Runtime_V1_ListContainersResponse()
        all.containers = containers
        return CRIInventory(pods: sandboxes, containers: all, keys: keys, runtime: .containerd).containers
    }

    private func one(
        pod: [String: String] = [:],
        container: [String: String] = [:],
        keys: LabelKeys = LabelKeys()
    ) -> ContainerDescription? {
        told(
            [.init(Self.sandbox, "cart-5d4-x7k2p", labels: pod)],
            [.init(Self.app, in: Self.sandbox, labels: container)],
            keys: keys
        )[Self.app]
    }

    @Test func bothTheSandboxAndTheContainerAreDescribed() {
        let all = told([.init(Self.sandbox, "cart")], [.init(Self.app, in: Self.sandbox)])
        var sandbox = ContainerDescription()
        sandbox.runtime = .containerd
        (sandbox.pod, sandbox.podNamespace, sandbox.podIdentifier) = ("cart", "shop", "uid-cart")
        sandbox.isSandbox = true
        sandbox.created = Timestamp(nanoseconds: 1_700_000_000_000_000_001)
        var app = sandbox
        app.isSandbox = false
        (app.name, app.image, app.networkOf) = ("app", "registry/app:1", Self.sandbox)
        app.created = Timestamp(nanoseconds: 1_700_000_000_000_000_002)
        #expect(all == [Self.sandbox: sandbox, Self.app: app])
    }

    @Test func aContainerHasItsPodsLabels() {
        let told = one(pod: ["app": "cart", "tier": "back"], container: ["io.kubernetes.container.name": "app"])
        #expect(told?.labels == ["app": "cart", "tier": "back", "io.kubernetes.container.name": "app"])
    }

    @Test func ofTwoLabelsWithOneKeyTheContainersOwnCounts() {
        #expect(one(pod: ["tier": "back"], container: ["tier": "front"])?.labels == ["tier": "front"])
    }

    @Test func thePodsLabelsSayWhoseItIs() {
        var keys = LabelKeys()
        keys.owner = ["team"]
        let told = one(pod: ["team": "cart", "app.kubernetes.io/component": "shop"], keys: keys)
        #expect(told?.owner == "cart")
        #expect(told?.role == "shop")
    }

    @Test func thePodsLabelsAndNameSayWhatMadeIt() {
        #expect(one(pod: ["pod-template-hash": "5d4"])?.creator == "deployment/cart")
        #expect(one()?.creator == nil)
    }

    @Test(arguments: [
        ("sha256:0123", "", nil), ("sha256:0123", "nginx:1", "nginx:1"), ("nginx:1", "", "nginx:1"), ("", "", nil),
    ])
    func aDigestIsNoNameOfAnImage(image: String, asked: String, name: String?) {
        var container = Runtime_V1_Container(Self.app, in: Self.sandbox)
        container.image.image = image
        container.image.userSpecifiedImage = asked
        #expect(told([], [container])[Self.app]?.image == name)
    }

    @Test func aContainerWhosePodIsGoneIsToldAlone() {
        let told = told([], [.init(Self.app, in: Self.sandbox, labels: ["a": "b"])])
        #expect(told.count == 1)
        #expect(told[Self.app]?.networkOf == Self.sandbox)
        #expect(told[Self.app]?.pod == nil)
        #expect(told[Self.app]?.labels == ["a": "b"])
    }

    @Test(arguments: ["", "../x", "a b", ".", String(repeating: "a", count: 129)])
    func whatCannotBeAnIdentifierIsPassedOver(identifier: String) {
        #expect(told([.init(identifier, "x")], [.init(identifier, in: identifier)]).isEmpty)
        #expect(told([], [.init(Self.app, in: identifier)])[Self.app]?.networkOf == nil)
    }

    @Test func whatIsEmptyIsNotKnown() {
        var pod = Runtime_V1_PodSandbox()
        pod.id = Self.sandbox
        var container = Runtime_V1_Container()
        container.id = Self.app
        container.podSandboxID = Self.sandbox
        container.createdAt = -1
        let all = told([pod], [container])
        var sandbox = ContainerDescription()
        (sandbox.runtime, sandbox.isSandbox) = (.containerd, true)
        #expect(all[Self.sandbox] == sandbox)
        var app = ContainerDescription()
        (app.runtime, app.networkOf) = (.containerd, Self.sandbox)
        #expect(all[Self.app] == app)
    }

    @Test func labelsSayNothingElseThanTheRuntime() {
        let told = one(container: ["io.kubernetes.container.name": "other", "io.kubernetes.pod.name": "else"])
        #expect(told?.name == "app")
        #expect(told?.pod == "cart-5d4-x7k2p")
    }

    @Test func wordsAndLabelsAreBounded() {
        let long = String(repeating: "x", count: 100_000)
        var pod = Runtime_V1_PodSandbox(Self.sandbox, long, labels: [long: long, "a": "b"])
        pod.metadata.namespace = long
        let told = told([pod], [.init(Self.app, in: Self.sandbox, long)])[Self.app]
        for word in [told?.name, told?.pod, told?.podNamespace, told?.podIdentifier] {
            #expect(word?.utf8.count == RuntimeBounds.word)
        }
        #expect(told?.labels == ["a": "b"])
    }
}
#endif
