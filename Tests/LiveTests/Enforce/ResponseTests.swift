import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// What rules ask for, from the packet that shows it to the kernel.
    @Suite("Responses to what is found", .needs(.docker))
    struct ResponseTests {
        /// An agent whose policy answers scans, and a container.
        ///
        /// One of Docker's, as nothing tells apart who sends in a pod of several.
        private struct Host {
            let lab: DockerLab
            let agent: WatchedAgent
            let process: Int32

            init(mode: String) throws {
                lab = try DockerLab()
                let web = try lab.docker.run("web")
                process = web.process
                try lab.node.shell(
                    """
                    cat >/run/portolan.yaml <<END
                    enforcement: {mode: \(mode)}
                    policy: {rules: {scan.vertical: {response: quarantine}}}
                    END
                    """
                )
                agent = try WatchedAgent(on: lab.node, "--config", "/run/portolan.yaml")
                try agent.wait("it is here") { [agent] in
                    try agent.records("/v1/containers").contains { $0["container.name"] == "web" }
                }
            }

            /// Has the container knock at ports of its gateway, where nobody listens; returns how many it was refused.
            func scan(_ count: Int, pause: Double) throws -> Int {
                let script = """
                    import socket, sys, time
                    refused = 0
                    for port in range(20000, 20000 + int(sys.argv[2])):
                        link = socket.socket()
                        link.settimeout(0.05)
                        try:
                            link.connect((sys.argv[1], port))
                        except ConnectionRefusedError:
                            refused += 1
                        except OSError:
                            pass
                        link.close()
                        time.sleep(float(sys.argv[3]))
                    print(refused)
                    """
                let enter = ["nsenter", "--net", "-t", "\(process)"]
                let scan = ["/usr/bin/python3", "-c", script, "172.28.0.1", "\(count)", "\(pause)"]
                return Int(try lab.node.output(of: enter + scan)) ?? -1
            }
        }

        @Test func inEnforceAScannerIsCutOff() throws {
            let host = try Host(mode: "enforce")
            let refused = try host.scan(200, pause: 0.005)
            try host.agent.wait("it is blocked") { try !host.agent.blocks().isEmpty }
            let block = try #require(try host.agent.blocks().first)
            #expect(block["portolan.block.author.rule"] == "scan.vertical")
            #expect(block["portolan.block.state"] == "holds")
            print("of 200 probes of a scan \(refused) were answered before the scanner was cut off")
            #expect(refused > 0 && refused < 200)
            #expect(try host.scan(2, pause: 0) == 0)
            #expect(host.agent.said("block_added") == 1)
        }

        @Test func inObserveItIsSaidAndNothingElse() throws {
            let host = try Host(mode: "observe")
            #expect(try host.scan(100, pause: 0.002) == 100)
            try host.agent.wait("it is said") { host.agent.said("block_observed") == 1 }
            #expect(try host.agent.blocks(all: true).isEmpty)
            #expect(try host.agent.tables == "")
        }
    }
}
