import Containers
import Testing

@testable import Monitor

@Suite("What a bundle is read for")
struct DescriptionFromBundleTests {
    private func described(
        _ name: String?,
        _ runtime: ContainerRuntime?,
        _ label: String? = nil
    ) -> ContainerDescription {
        var description = ContainerDescription()
        (description.name, description.runtime) = (name, runtime)
        if let label {
            description.labels = [label: "x"]
            (description.owner, description.role, description.creator) = (label, label, label)
        }
        return description
    }

    @Test func isWhatNoRuntimeTold() {
        #expect(described(nil, nil).wantsBundle && described(nil, .docker).wantsBundle)
        #expect(!described("web", .docker).wantsBundle && !described("web", .podman).wantsBundle)
        #expect(!described("web", nil).wantsBundle)
    }

    @Test(arguments: [ContainerRuntime.containerd, .crio]) func isMoreWhereARuntimeTellsLittle(
        runtime: ContainerRuntime
    ) {
        #expect(described("web", runtime).wantsBundle)
    }

    @Test func neverReplacesTheLabelsARuntimeTold() {
        var bundle = described("app", .crio, "own")
        bundle.usesHostNetwork = true
        bundle.image = "web:1"
        var known = described("app", .crio, "pod")
        known.merge(bundle.beside(known))
        #expect(known.labels == ["pod": "x"])
        #expect(known.owner == "pod" && known.role == "pod" && known.creator == "pod")
        #expect(known.image == "web:1" && known.usesHostNetwork)
    }

    @Test func givesItsLabelsWhereNobodyToldAny() {
        let bundle = described("app", .crio, "own")
        #expect(bundle.beside(described("app", .crio)) == bundle)
    }
}
