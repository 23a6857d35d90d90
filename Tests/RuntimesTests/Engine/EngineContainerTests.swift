import Addressing
import Containers
import Testing

@testable import Runtimes

@Suite("Engine lists and pages")
struct EngineContainerTests {
    private func list(_ text: String) throws -> [EngineContainer] {
        try #require(decoded(TolerantList<EngineContainer>.self, from: Array(text.utf8))).elements
    }

    /// As Docker 20.10 listed it, shortened.
    @Test func readsAContainerOfDocker() throws {
        let container = try #require(
            list(
                #"[{"Id":"4026","Names":["/other/alias","/s1"],"Image":"lab/bb:1","ImageID":"sha256:9f86","Created":1795303940,"#
                    + #""Ports":[],"Labels":{"name":"x"},"State":"running","HostConfig":{"NetworkMode":"container:853d"},"#
                    + #""NetworkSettings":{"Networks":{"b":{"IPAddress":""},"a":null}},"Mounts":[]}]"#
            ).first
        )
        #expect(container.identifier == "4026" && !container.needsInspection)
        let told = container.description
        #expect(told.name == "s1" && told.image == "lab/bb:1" && told.labels == ["name": "x"])
        #expect(told.created?.seconds == 1_795_303_940)
        #expect(told.networkOf == "853d" && !told.usesHostNetwork && told.networks == ["a", "b"])
    }

    @Test func labelsSayWhoseItIsByTheKeysOneAsksFor() throws {
        var keys = LabelKeys()
        keys.owner = ["team"]
        let text = #"[{"Id":"a","Image":"i","Labels":{"team":"shop","portolan.owner":"x","portolan.role":"web"}}]"#
        let list = try #require(decoded(TolerantList<EngineContainer>.self, from: Array(text.utf8), keys)).elements
        #expect(list.first?.description.owner == "shop" && list.first?.description.role == "web")
        #expect(try self.list(text).first?.description.owner == "x")
    }

    @Test(arguments: [("host", true), ("default", false), ("none", false), ("container:x", false), ("hosts", false)])
    func knowsTheHostsNetwork(mode: String, isHosts: Bool) throws {
        let text = #"[{"Id":"a","Image":"i","HostConfig":{"NetworkMode":"\#(mode)"}}]"#
        #expect(try list(text).first?.description.usesHostNetwork == isHosts)
    }

    /// Docker gives a number once the name means another image; the page still has the name.
    @Test func wantsThePageWhereTheListHasANumberForTheImage() throws {
        let container = try list(#"[{"Id":"a","Image":"sha256:9f86","HostConfig":{"NetworkMode":"default"}}]"#).first
        #expect(container?.needsInspection == true && container?.description.image == nil)
    }

    @Test func wantsThePageWhereTheListDoesNotTellTheNetwork() throws {
        #expect(try list(#"[{"Id":"a","Image":"i"}]"#).first?.needsInspection == true)
    }

    @Test func passesOverWhatIsNoContainer() throws {
        let text =
            #"[null,7,"x",[],{},{"Id":7},{"Id":"../x"},{"Id":"ok","Names":{},"Labels":[],"Created":{},"HostConfig":7}]"#
        #expect(try list(text).map(\.identifier) == ["ok"])
    }

    @Test(arguments: [#"{"message":"no"}"#, "null", "7", #""x""#, ""]) func takesNoErrorForAnEmptyList(text: String) {
        #expect(decoded(TolerantList<EngineContainer>.self, from: Array(text.utf8)) == nil)
    }

    @Test func readsAPage() throws {
        let text =
            #"{"Created":"2026-11-21T23:33:00.5Z","Config":{"Image":"shop/web:2"},"HostConfig":{"NetworkMode":"host"}}"#
        let told = try #require(decoded(EngineInspection.self, from: Array(text.utf8))).description
        #expect(told.image == "shop/web:2" && told.usesHostNetwork)
        #expect(told.created?.nanoseconds == 1_795_303_980_500_000_000)
    }

    @Test(arguments: [
        (#"{"Components":[{"Name":"Engine"},{"Name":"containerd"}]}"#, ContainerRuntime.docker),
        (#"{"Components":[{"Name":"Podman Engine"},{"Name":"Conmon"}]}"#, .podman), ("{}", .docker),
        (#"{"Components":null}"#, .docker), (#"{"Components":[{"Name":null},7,{"Name":"Podman Engine"}]}"#, .podman),
    ])
    func tellsDockerFromPodman(text: String, runtime: ContainerRuntime) {
        #expect(decoded(EngineVersion.self, from: Array(text.utf8))?.runtime == runtime)
    }

    @Test func keepsNoMoreNetworksThanAllowed() throws {
        let networks = (1000..<2000).map { #""n\#($0)":{}"# }.joined(separator: ",")
        let text = #"[{"Id":"a","NetworkSettings":{"Networks":{\#(networks)}}}]"#
        let kept = try #require(list(text).first?.description.networks)
        #expect(kept.count == RuntimeBounds.networks && kept.first == "n1000")
    }

    @Test func survivesDamagedJSON() throws {
        let whole = Array(
            #"[{"Id":"a","Names":["/x"],"Labels":{"k":"v"},"NetworkSettings":{"Networks":{"b":{}}}}]"#.utf8
        )
        for length in 0..<whole.count {
            #expect(decoded(TolerantList<EngineContainer>.self, from: Array(whole[..<length])) == nil)
        }
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count)] = UInt8.random(in: 0...255) }
            let containers = decoded(TolerantList<EngineContainer>.self, from: bytes)?.elements ?? []
            #expect(containers.allSatisfy { isContainerIdentifier($0.identifier) })
        }
        let deep = Array(String(repeating: "[", count: 100_000).utf8)
        #expect(decoded(TolerantList<EngineContainer>.self, from: deep) == nil)
    }
}
