import Addressing
import Containers
import Testing

@testable import Runtimes

@Suite("Engine events")
struct EngineEventTests {
    private func read(_ text: String) -> EngineEvent? { decoded(EngineEvent.self, from: Array(text.utf8)) }

    /// As Docker 20.10 said them.
    @Test func readsWhatDockerSaysOfANewContainer() throws {
        let event = try #require(
            read(
                #"{"status":"create","id":"853d26672c9a","from":"lab/bb:1","Type":"container","Action":"create","Actor":"#
                    + #"{"ID":"853d26672c9a","Attributes":{"com.docker.compose.project":"shop","com.docker.compose.service":"web","#
                    + #""image":"lab/bb:1","name":"c1"}},"scope":"local","time":1795303940,"timeNano":1795303940296531257}"#
            )
        )
        #expect(event.action == .created && event.identifier == "853d26672c9a")
        #expect(event.time == Timestamp(nanoseconds: 1_795_303_940_296_531_257))
        #expect(event.description.created == event.time)
        #expect(event.description.name == "c1" && event.description.image == "lab/bb:1")
        #expect(event.description.labels.keys.sorted() == ["com.docker.compose.project", "com.docker.compose.service"])
        #expect(event.description.creator == "shop/web")
    }

    /// As podman 4.3 said it.
    @Test func readsWhatPodmanSaysOfTheEndOfOne() throws {
        let event = try #require(
            read(
                #"{"status":"remove","id":"8642a2","from":"localhost/bb:1","Type":"container","Action":"remove","Actor":{"ID":"8642a2","#
                    + #""Attributes":{"containerExitCode":"0","image":"localhost/bb:1","name":"ps","podId":""}},"time":1795303982}"#
            )
        )
        #expect(event.action == .destroyed && event.identifier == "8642a2")
        #expect(event.time?.seconds == 1_795_303_982)
        #expect(event.description.labels.isEmpty && event.description.created == nil)
    }

    @Test func takesTheContainerOfANetworksEvent() throws {
        let event = try #require(
            read(
                #"{"Type":"network","Action":"disconnect","Actor":{"ID":"d14e","Attributes":{"container":"853d","name":"app"}}}"#
            )
        )
        #expect(event.action == .attached && event.identifier == "853d")
        #expect(event.description == ContainerDescription(), "the network's name is not the container's")
    }

    @Test(arguments: [
        ("container", "die"), ("container", "exec_create: sh"), ("container", "health_status: healthy"),
        ("network", "create"),
        ("network", "destroy"), ("container", "connect"), ("container", ""), ("image", "tag"), ("volume", "mount"),
    ])
    func passesOverWhatChangesNothing(type: String, action: String) {
        let text = #"{"Type":"\#(type)","Action":"\#(action)","Actor":{"ID":"853d","Attributes":{"container":"853d"}}}"#
        #expect(read(text) == nil)
    }

    @Test(arguments: ["", "..", ".x", "-x", "a/b", "a b", "ä", "a%22", String(repeating: "a", count: 129)])
    func refusesWhatCanBeNoIdentifier(identifier: String) {
        #expect(read(#"{"Type":"container","Action":"start","Actor":{"ID":"\#(identifier)","Attributes":{}}}"#) == nil)
    }

    @Test func keepsTheRestWhereAFieldIsOdd() throws {
        let text =
            #"{"Type":"container","Action":"start","Actor":{"ID":"a1","Attributes":{"name":7,"image":null,"l":"v"}},"timeNano":"x","#
            + #""time":99999999999999}"#
        let event = try #require(read(text))
        #expect(event.description.labels == ["l": "v"] && event.description.name == nil && event.time == nil)
    }
}
