import Runtimes
import Testing

@Suite("Runtime sockets")
struct RuntimeSocketTests {
    @Test func looksWhereRuntimesListen() {
        let paths = RuntimeSocket.candidates(environment: [:]).map(\.path)
        #expect(paths.first == "/run/docker.sock")
        #expect(paths.last == "/run/podman/podman.sock")
        // /var/run is a link to /run nearly everywhere: then the second name is the first one's.
        #expect(paths.count == 2 || paths.contains("/var/run/docker.sock"))
    }

    @Test func looksWhereTheEnvironmentSays() {
        let environment = ["DOCKER_HOST": "unix:///run/x/d.sock", "CONTAINER_HOST": "unix:///run/x/p.sock"]
        #expect(RuntimeSocket.candidates(environment: environment).map(\.path) == ["/run/x/d.sock", "/run/x/p.sock"])
    }

    @Test func namesAPlaceOnce() {
        let environment = ["DOCKER_HOST": "unix:///run/x.sock", "CONTAINER_HOST": "unix:///run/../run/x.sock"]
        #expect(RuntimeSocket.candidates(environment: environment).map(\.path) == ["/run/x.sock"])
    }

    @Test(arguments: ["tcp://10.0.0.1:2375", "ssh://host", "", "unix://", "unix://relative", "/run/x.sock"])
    func leavesTheUsualPlacesInForceForWhatIsNotOnThisHost(host: String) {
        #expect(
            RuntimeSocket.candidates(environment: ["DOCKER_HOST": host]) == RuntimeSocket.candidates(environment: [:])
        )
    }
}
