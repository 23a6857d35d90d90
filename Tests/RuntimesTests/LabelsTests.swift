import Containers
import Runtimes
import Testing

@Suite("What labels say")
struct LabelsTests {
    private func told(
        _ labels: [String: String],
        name: String? = nil,
        keys: LabelKeys = LabelKeys()
    ) -> ContainerDescription {
        var description = ContainerDescription()
        description.name = name
        description.adopt(labels: labels, keys)
        return description
    }

    @Test(
        arguments: [
            (["com.docker.compose.project": "shop", "com.docker.compose.service": "web"], "shop/web"),
            (["com.docker.compose.project": "shop"], "shop"), (["io.podman.compose.project": "p"], "p"),
            (["com.docker.swarm.service.name": "api"], "api"), (["PODMAN_SYSTEMD_UNIT": "web.service"], "web.service"),
            (["com.docker.compose.service": "web"], nil), (["com.docker.compose.project": ""], nil), ([:], nil),
        ] as [([String: String], String?)]
    )
    func sayWhatMadeIt(labels: [String: String], creator: String?) {
        #expect(told(labels).creator == creator)
    }

    @Test func sayWhichPodItIsIn() {
        let labels = [
            "io.kubernetes.pod.name": "web-0", "io.kubernetes.pod.namespace": "shop", "io.kubernetes.pod.uid": "u1",
            "io.kubernetes.container.name": "app", "io.kubernetes.docker.type": "container",
        ]
        let description = told(labels, name: "k8s_app_web-0_shop_u1_0")
        #expect(description.pod == "web-0" && description.podNamespace == "shop" && description.podIdentifier == "u1")
        #expect(description.name == "app" && !description.isSandbox)
        #expect(description.labels == labels)
    }

    @Test(arguments: [["io.kubernetes.docker.type": "podsandbox"], ["io.cri-containerd.kind": "sandbox"]])
    func sayThatItOnlyHoldsAPod(labels: [String: String]) {
        let description = told(labels.merging(["io.kubernetes.container.name": "POD"]) { $1 }, name: "k8s_POD_web")
        #expect(description.isSandbox)
        #expect(description.name == "k8s_POD_web")
    }

    @Test(
        arguments: [
            (["portolan.owner": "shop", "portolan.role": "web"], "shop", "web"),
            (["app.kubernetes.io/component": "database"], nil, "database"),
            (["portolan.role": "web", "app.kubernetes.io/component": "database"], nil, "web"),
            (["portolan.role": "", "app.kubernetes.io/component": "database"], nil, "database"),
            (["owner": "shop", "role": "web", "portolan.owner ": "x"], nil, nil), ([:], nil, nil),
        ] as [([String: String], String?, String?)]
    )
    func sayWhoseItIsAndWhatFor(labels: [String: String], owner: String?, role: String?) {
        #expect(told(labels).owner == owner)
        #expect(told(labels).role == role)
    }

    @Test func whichOnesSayWhoseItIsCanBeChosen() {
        var keys = LabelKeys()
        (keys.owner, keys.role) = (["team", "squad"], [])
        let labels = ["squad": "red", "portolan.owner": "other", "portolan.role": "web"]
        #expect(told(labels, keys: keys).owner == "red", "the first that is there")
        #expect(told(labels.merging(["team": "blue"]) { $1 }, keys: keys).owner == "blue", "the first")
        #expect(told(labels, keys: keys).role == nil, "those that were chosen and no others")
    }

    /// Whoever builds an image chooses some of the labels, and might fill the room there is with them.
    @Test func whatIsLeftOutStillSaysWhoseItIs() {
        var labels = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("a\($0)", "v") })
        labels["portolan.owner"] = "shop"
        #expect(told(labels).labels["portolan.owner"] == nil)
        #expect(told(labels).owner == "shop")
    }

    @Test func aLaterWordWithoutThemTakesNothingAway() {
        var description = told(["portolan.owner": "shop", "portolan.role": "web"])
        description.adopt(labels: ["a": "b"], LabelKeys())
        description.merge(told([:]))
        #expect(description.owner == "shop" && description.role == "web")
        description.merge(told(["portolan.owner": "other"]))
        #expect(description.owner == "other" && description.role == "web")
    }

    @Test func areNeverTooMany() {
        let labels = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("key\($0 + 1000)", "v") })
        let kept = told(labels).labels
        #expect(kept.count == RuntimeBounds.labels)
        #expect(kept.keys.max() == "key1127", "the first by name")
    }

    @Test func areNeverTooLarge() {
        let large = String(repeating: "x", count: RuntimeBounds.label)
        let fitting = String(repeating: "x", count: RuntimeBounds.label - 1)
        var labels = ["a": large, "b": fitting]
        #expect(told(labels).labels == ["b": fitting])
        for key in ["c", "d", "e", "f", "g"] { labels[key] = fitting }
        #expect(told(labels).labels.keys.sorted() == ["b", "c", "d", "e"])
    }

    @Test func wordsAreCut() {
        #expect(
            ContainerDescription.word(String(repeating: "ä", count: 1000))?.utf8.count ?? 0 <= RuntimeBounds.word + 2
        )
        #expect(ContainerDescription.word("") == nil)
        #expect(told(["portolan.owner": String(repeating: "o", count: 9000)]).owner?.count == RuntimeBounds.word)
        #expect(told(["io.kubernetes.pod.name": String(repeating: "p", count: 9000)]).pod?.count == RuntimeBounds.word)
    }
}
