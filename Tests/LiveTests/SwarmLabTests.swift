import Foundation
import Testing

extension Live {
    @Suite("Swarm lab", .needs(.docker))
    struct SwarmLabTests {
        @Test(arguments: [UInt16(4789), 8472])
        func theOverlayReachesAcross(port: UInt16) throws {
            let lab = try SwarmLab(dataPathPort: port)
            let near = try lab.manager.run("near", "--network", SwarmLab.network)
            let far = try lab.worker.run("far", "--network", SwarmLab.network)
            #expect(near.addresses[SwarmLab.network]?.hasPrefix("10.99.0.") == true)
            let address = try #require(far.addresses[SwarmLab.network])
            let dump = try lab.manager.node.start("tcpdump", "-nn", "-l", "-i", "eth0", "udp", "port", String(port))
            try dump.waitFor("listening on eth0")
            try lab.manager.docker("exec", "near", "ping", "-c", "1", "-W", "5", address)
            try lab.manager.docker("exec", "near", "ping", "-c", "1", "-W", "5", "far")
            try dump.waitUntil("the overlay was heard") {
                $0.output.contains(".\(port): ") && $0.output.contains("> \(address)")
            }
        }

        @Test func aServiceRunsOnBothHosts() throws {
            let lab = try SwarmLab()
            try lab.manager.docker(
                "service",
                "create",
                "-d",
                "--no-resolve-image",
                "--name",
                "web",
                "--replicas",
                "2",
                "--endpoint-mode",
                "dnsrr",
                "--network",
                SwarmLab.network,
                BoxImage.name
            )
            // Each task asks for the image first, and must be refused at once: else this takes a minute.
            let began = ContinuousClock.now
            let isUp = Machine.becomesTrue {
                [lab.manager, lab.worker].allSatisfy {
                    (try? $0.docker("ps", "-q", "-f", "name=web"))?.isEmpty == false
                }
            }
            print("two tasks of a service: \(ContinuousClock.now - began)")
            #expect(isUp)
            let client = try lab.manager.run("client", "--network", SwarmLab.network)
            #expect(client.process > 0)
            let addresses = try lab.manager.docker("exec", "client", "nslookup", "tasks.web").matches(
                of: /10\.99\.0\.\d+/
            )
            #expect(Set(addresses.map(\.0)).count == 2)
        }
    }
}
