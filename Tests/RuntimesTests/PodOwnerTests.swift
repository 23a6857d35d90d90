import Containers
import Testing

@testable import Runtimes

/// Labels and names as Kubernetes' own controllers give them to pods.
@Suite("What made a pod")
struct PodOwnerTests {
    @Test(
        arguments: [
            ("cart-5d4b8c7f9-x7k2p", ["pod-template-hash": "5d4b8c7f9"], "deployment/cart"),
            ("a-b-5d4-x7k2p", ["pod-template-hash": "5d4", "app": "a"], "deployment/a-b"),
            (
                "db-0", ["statefulset.kubernetes.io/pod-name": "db-0", "controller-revision-hash": "db-7d9"],
                "statefulset/db"
            ),
            ("logs-q8w2z", ["controller-revision-hash": "6f7", "pod-template-generation": "1"], "daemonset/logs"),
            ("backup-28-k5x", ["batch.kubernetes.io/job-name": "backup-28", "job-name": "x"], "job/backup-28"),
            ("backup-k5x", ["job-name": "backup"], "job/backup"),
        ]
    )
    func isToldByLabelAndName(pod: String, labels: [String: String], owner: String) {
        #expect(PodOwner(of: pod, labels: labels)?.description == owner)
    }

    @Test(
        arguments: [
            ("cart", [:]), (nil, ["pod-template-hash": "5d4"]), ("cart-5d4-x7k2p", [:]),
            ("cart-x7k2p", ["pod-template-hash": "5d4"]), ("-5d4-x7k2p", ["pod-template-hash": "5d4"]),
            ("cart--x7k2p", ["pod-template-hash": ""]), ("cart5d4-x7k2p", ["pod-template-hash": "5d4"]),
            ("db-0", ["statefulset.kubernetes.io/pod-name": "db-1"]), ("logs-q8w2z", ["controller-revision-hash": "6"]),
            ("-", ["controller-revision-hash": "6", "pod-template-generation": "1"]), ("x", ["job-name": ""]),
            ("", ["pod-template-hash": "5d4"]),
        ] as [(String?, [String: String])]
    )
    func isNotGuessed(pod: String?, labels: [String: String]) {
        #expect(PodOwner(of: pod, labels: labels) == nil)
    }

    @Test func isTheCreatorOfWhoeverIsInThePod() {
        var description = ContainerDescription()
        description.adopt(
            labels: ["io.kubernetes.pod.name": "cart-5d4-x7k2p", "pod-template-hash": "5d4"],
            LabelKeys()
        )
        #expect(description.creator == "deployment/cart")
        // compose's own labels are no guess.
        description.adopt(
            labels: ["pod-template-hash": "5d4", "com.docker.compose.project": "shop"],
            LabelKeys()
        )
        #expect(description.creator == "shop")
    }

    @Test func isNeverTooLong() {
        let long = String(repeating: "x", count: RuntimeBounds.word + 1)
        #expect(PodOwner(of: "x", labels: ["job-name": long]) == nil)
    }
}
