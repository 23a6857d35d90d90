import Runtimes
import Testing

@Suite("Runtime sockets")
struct RuntimeSocketTests {
    @Test func looksWhereRuntimesListen() {
        let paths = RuntimeSocket.candidates(environment: [:]).filter { $0.interface == .engine }.map(\.path)
        #expect(paths.first == "/run/docker.sock")
        #expect(paths.last == "/run/podman/podman.sock")
        // /var/run is a link to /run nearly everywhere: then the second name is the first one's.
        #expect(paths.count == 2 || paths.contains("/var/run/docker.sock"))
    }

    @Test func looksWhereTheEnvironmentSays() {
        let environment = ["DOCKER_HOST": "unix:///run/x/d.sock", "CONTAINER_HOST": "unix:///run/x/p.sock"]
        let sockets = RuntimeSocket.candidates(environment: environment)
        #expect(sockets.filter { $0.interface == .engine }.map(\.path) == ["/run/x/d.sock", "/run/x/p.sock"])
    }

    @Test func namesAPlaceOnce() {
        let environment = ["DOCKER_HOST": "unix:///run/x.sock", "CONTAINER_HOST": "unix:///run/../run/x.sock"]
        let sockets = RuntimeSocket.candidates(environment: environment)
        #expect(sockets.filter { $0.interface == .engine }.map(\.path) == ["/run/x.sock"])
    }

    /// A program that was built without the CRI has no use for its sockets.
    @Test func looksForTheCRIOnlyWhereItIsBuiltIn() {
        func paths(_ environment: [String: String]) -> [String] {
            RuntimeSocket.candidates(environment: environment).filter { $0.interface == .cri }.map(\.path)
        }
        let chosen = ["CONTAINER_RUNTIME_ENDPOINT": "unix:///run/x.sock"]
        if RuntimeSocket.Interface.cri.isBuiltIn {
            #expect(paths([:]).prefix(2) == ["/run/containerd/containerd.sock", "/run/crio/crio.sock"])
            #expect(paths(chosen) == ["/run/x.sock"])
        } else {
            #expect(paths([:]).isEmpty && paths(chosen).isEmpty)
        }
        #expect(RuntimeSocket.Interface.engine.isBuiltIn)
    }

    @Test(arguments: ["tcp://10.0.0.1:2375", "ssh://host", "", "unix://", "unix://relative", "/run/x.sock"])
    func leavesTheUsualPlacesInForceForWhatIsNotOnThisHost(host: String) {
        #expect(
            RuntimeSocket.candidates(environment: ["DOCKER_HOST": host]) == RuntimeSocket.candidates(environment: [:])
        )
    }
}
