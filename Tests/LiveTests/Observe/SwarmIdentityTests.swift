import Foundation
import Support
import Testing

extension Live {
    /// Who is it on an overlay, whose bridge is hidden in a namespace of its own.
    @Suite("Identity in a swarm", .needs(.docker))
    struct SwarmIdentityTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]
        /// Where Docker mounts the namespace of an overlay, of which the nodes have one each.
        private static let hidden = "/run/docker/netns/1-*"

        private static func fetch(_ docker: Docker, _ from: String, _ host: String) throws {
            try docker.docker(["exec", from, "wget", "-q", "-O", "-", "http://\(host)/"])
        }

        /// The path of the hidden namespace that has the overlay's bridge, and so an address on it.
        private static func namespace(on node: Node) throws -> String {
            let script = """
                for file in \(hidden); do
                    if nsenter --net=$file ip -o address | grep -q ' 10.99.'; then echo $file; fi
                done
                """
            return try node.shell(script)
        }

        /// How many other network namespaces a node knows by a number: one that is pinned keeps it.
        private static func namespaces(on node: Node) throws -> Int {
            try node.output(of: "ip", "netns", "list-id").split(separator: "\n").count
        }

        @Test(arguments: [UInt16(4789), 8472])
        func bothHostsNameTheirEnds(port: UInt16) throws {
            let lab = try SwarmLab(dataPathPort: port)
            let far = try lab.worker.run("far", "--network", SwarmLab.network, command: Self.web)
            let near = try lab.manager.run("near", "--network", SwarmLab.network, command: Self.web)
            _ = try lab.manager.run("asker", "--network", SwarmLab.network, "--label", "team=shop")
            let option = "{{index .Options \"com.docker.network.driver.overlay.vxlanid_list\"}}"
            let identifier = try lab.manager.docker("network", "inspect", "-f", option, SwarmLab.network)
            let watches = try [lab.manager, lab.worker].map { docker in
                let watch = try Observation(on: docker.node)
                try watch.waitUntilInside(Self.namespace(on: docker.node))
                return watch
            }
            let (farAddress, nearAddress) = try (
                #require(far.addresses[SwarmLab.network]), #require(near.addresses[SwarmLab.network])
            )
            try Self.fetch(lab.manager, "asker", farAddress)
            try Self.fetch(lab.manager, "asker", nearAddress)
            func isOver(_ flows: [Conversation], _ address: String) -> Bool {
                flows.contains { $0.end("destination") == "\(address):80" && $0.last["event.action"] == "flow_ended" }
            }
            try watches[0].wait("both were seen") { isOver($0, farAddress) && isOver($0, nearAddress) }
            try watches[1].wait("the one from afar was seen") { isOver($0, farAddress) }
            let views = try watches.map { try $0.end().filter { $0.last["destination.port"] == "80" } }

            // On one host: over the bridge in the hidden namespace, and nowhere else.
            let local = views[0].to("\(nearAddress):80")
            #expect(local.map { [$0.name("source"), $0.name("destination")] } == [["asker", "near"]])
            #expect(local.map { $0.last["segment.id"] } == [identifier])
            #expect(local.first?.path.contains("eth0") == false && local.first?.path.contains("vxlan0") == false)
            // Across: one record on each, of which each names its own end.
            let across = views.map { $0.to("\(farAddress):80") }
            #expect(
                across.map { $0.map { [$0.name("source"), $0.name("destination")] } } == [
                    [["asker", nil]], [[nil, "far"]],
                ]
            )
            for flow in across.flatMap({ $0 }) {
                #expect(flow.last["segment.id"] == identifier)
                // The bridge floods what it has not learned yet, so another's veth may be among them.
                #expect(flow.path.contains("eth0") && flow.path.contains("vxlan0"))
                #expect(3...4 ~= flow.path.count, "\(flow.path)")
            }
            #expect(across[0].first?.last["destination.identity.kind"] == "remote")
            #expect(across[0].first?.last["destination.identity.endpoint"] == lab.worker.node.address)
            #expect(across[1].first?.last["source.identity.endpoint"] == lab.manager.node.address)
            #expect(across[0].first?.last["source.container.labels.team"] == "shop")
            #expect(across[0].first?.last["network.packets"] == across[1].first?.last["network.packets"])
        }

        @Test func aHiddenNamespaceIsLetGoWithItsLastContainer() throws {
            let lab = try SwarmLab()
            let node = lab.manager.node
            let watch = try Observation(on: node)
            // To hear from a namespace it is given a number, and the swarm's own may still be set up, so the first round tells
            // how many are to be left.
            var before: Int?
            for round in 1...3 {
                let name = "web\(round)"
                let web = try lab.manager.run(name, "--network", SwarmLab.network, command: Self.web)
                _ = try lab.manager.run("asker\(round)", "--network", SwarmLab.network)
                let path = try Self.namespace(on: node)
                try watch.waitUntilInside(path)
                let address = try #require(web.addresses[SwarmLab.network])
                try Self.fetch(lab.manager, "asker\(round)", address)
                try watch.wait("round \(round) was seen") { flows in
                    flows.contains { $0.end("destination") == "\(address):80" && $0.name("destination") == name }
                }
                try lab.manager.docker("rm", "-f", name, "asker\(round)")
                // Nothing that is watched may live on for being watched: neither the hidden namespace, nor its bridge.
                try #require(Machine.becomesTrue { (try? Self.namespace(on: node))?.isEmpty == true })
                let enough = before ?? .max
                let isGone = Machine.becomesTrue { (try? Self.namespaces(on: node)).map { $0 <= enough } ?? false }
                if before == nil { sleep(2) }
                let left = try Self.namespaces(on: node)
                before = before ?? left
                #expect(isGone, "after round \(round) the node still has \(left) namespaces instead of \(enough)")
            }
            let flows = try watch.end().filter { $0.last["destination.port"] == "80" }
            #expect(
                flows.map { [$0.name("source"), $0.name("destination")] }
                    == (1...3).map { ["asker\($0)", "web\($0)"] }
            )
        }

        @Test func tasksOfAServiceAreNamed() throws {
            let lab = try SwarmLab()
            try lab.manager.docker(
                [
                    "service", "create", "-d", "--no-resolve-image", "--name", "web", "--replicas", "2",
                    "--endpoint-mode", "dnsrr",
                    "--network", SwarmLab.network, BoxImage.name,
                ] + Self.web
            )
            let hosts = [lab.manager, lab.worker]
            let isUp = Machine.becomesTrue {
                hosts.allSatisfy { (try? $0.docker("ps", "-q", "-f", "name=web"))?.isEmpty == false }
            }
            try #require(isUp)
            _ = try lab.manager.run("client", "--network", SwarmLab.network)
            let names = try hosts.map { try $0.docker("ps", "--format", "{{.Names}}", "-f", "name=web") }
            let addresses = try zip(hosts, names).map { host, name in
                try #require(try host.container(name).addresses[SwarmLab.network])
            }
            let watch = try Observation(on: lab.manager.node)
            let path = try Self.namespace(on: lab.manager.node)
            try watch.waitUntilInside(path)
            for address in addresses { try Self.fetch(lab.manager, "client", address) }
            try watch.wait("both were seen") { flows in
                addresses.allSatisfy { address in flows.contains { $0.end("destination") == "\(address):80" } }
            }
            let flows = try watch.end()
            let local = flows.filter { $0.end("destination") == "\(addresses[0]):80" }
            #expect(local.map { [$0.name("source"), $0.name("destination")] } == [["client", names[0]]])
            #expect(local.first?.last["destination.container.creator"]?.isEmpty == false)
            let across = flows.filter { $0.end("destination") == "\(addresses[1]):80" }
            #expect(across.map { [$0.name("source"), $0.name("destination")] } == [["client", nil]])
        }
    }
}
