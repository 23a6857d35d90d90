import Support
import Testing

extension Live {
    /// An agent on a host with Docker, and the one that comes after it.
    @Suite("Agent on a host with Docker", .needs(.docker))
    struct DockerAgentTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        @Test func historyContainersAndGraphOutliveIt() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            _ = try docker.run("shop", "--network", "app", "-p", "8080:80", command: Self.web)
            _ = try docker.run("friend", "--network", "app")
            var agent = try WatchedAgent(on: lab.node)
            try docker.docker(["exec", "friend", "wget", "-q", "-O", "-", "http://shop/"])
            try lab.outside.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(lab.node.address):8080/")
            let published = "\"published\":[{\"ip\":\"\(lab.node.address)\",\"port\":8080}]"
            func graph() throws -> String {
                try agent.node.runPortolan("graph", "-o", "json", "--socket", agent.socket).output
            }
            func isDrawn(_ text: String) -> Bool {
                text.contains("\"name\":\"shop\"") && text.contains("\"name\":\"friend\"")
            }
            try agent.wait("both are seen, and what was asked for where") {
                let text = try graph()
                return isDrawn(text) && text.contains(published)
            }
            func asked() throws -> [Record] {
                try agent.node.runPortolan(
                    "observe",
                    "--socket",
                    agent.socket,
                    "--last",
                    "1000",
                    "-o",
                    "json",
                    "--port",
                    "80"
                )
                .records
            }
            func names(_ flows: [Record]) -> Set<String> {
                Set(
                    flows.compactMap { $0["source.container.name"] }
                        + flows.compactMap { $0["destination.container.name"] }
                )
            }
            try agent.wait("both are remembered") { names(try asked()).isSuperset(of: ["shop", "friend"]) }
            #expect(agent.running.stop().status == 0)

            agent = try WatchedAgent(on: lab.node)
            #expect(isDrawn(try graph()))
            #expect(names(try asked()).isSuperset(of: ["shop", "friend"]))
            try agent.wait("both are here") {
                let here = try agent.node.runPortolan("containers", "--socket", agent.socket, "-o", "json")
                return called(here.records).isSuperset(of: ["shop", "friend"])
            }
            let stranger = try agent.curl("/v1/flows", as: "65534")
            #expect(stranger.status != 0 && stranger.output.isEmpty)
            #expect(agent.running.stop().status == 0)
        }

        private func called(_ containers: [Record]) -> Set<String> {
            Set(containers.compactMap { $0["container.name"] })
        }
    }
}
