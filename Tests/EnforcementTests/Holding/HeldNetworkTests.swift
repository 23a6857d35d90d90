import Addressing
import Containers
import Enforcement
import Testing

@Suite("Networks that hold")
struct HeldNetworkTests {
    /// Two bridges: web in br-pay, with an uplink beside it, and db in br-app.
    private static func lab() throws -> (Lab, web: NetworkPort) {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        try lab.add("db", "10.2.0.2")
        let host = try #require(lab.inventory.namespaces.firstIndex { $0.isHost })
        for (index, name) in [(90, "br-pay"), (91, "br-app")] as [(UInt32, String)] {
            lab.inventory.namespaces[host].interfaces.append(try Lab.wire(Lab.host, name, kind: "bridge", to: nil, 0))
            let last = lab.inventory.namespaces[host].interfaces.count - 1
            lab.inventory.namespaces[host].interfaces[last].interface.key.index = index
            lab.inventory.namespaces[host].interfaces[last].networkIdentifier = index == 91 ? 4097 : nil
        }
        for (name, kind, index, master) in [
            ("veth-web", "veth", 11, 90), ("veth-db", "veth", 12, 91), ("uplink", nil, 13, 90),
        ] as [(String, String?, UInt32, UInt32)] {
            var device = Interface(key: InterfaceKey(namespace: Lab.host, index: index), name: name)
            device.kind = kind
            device.master = master
            lab.inventory.namespaces[host].interfaces.append(InterfaceInventory(device))
        }
        let port = try #require(lab.inventory.networks([NamePattern("br-pay")]).first?.ports.first)
        return (lab, port)
    }

    @Test func bridgesAreMeantByNameAndOverlaysByNumber() throws {
        let (lab, _) = try Self.lab()
        func names(_ patterns: String...) -> [String] {
            lab.inventory.networks(patterns.map { NamePattern($0) }).map(\.bridge.name)
        }
        #expect(names("br-pay") == ["br-pay"])
        #expect(names("br-*") == ["br-pay", "br-app"])
        #expect(names("4097") == ["br-app"])
        #expect(names("br") == [])
        #expect(names() == [])
    }

    @Test func portsAreThoseOfTheirBridge() throws {
        let (lab, _) = try Self.lab()
        let networks = lab.inventory.networks([NamePattern("br-pay")])
        #expect(networks.first?.ports.map(\.device.name) == ["veth-web", "uplink"])
        let held = Set(networks.map(\.bridge.key))
        #expect(lab.inventory.ports(in: Lab.host, except: held) == [12])
        #expect(lab.inventory.ports(in: Lab.host, except: []) == [11, 12, 13])
    }

    @Test func whoIsKnownIsARunningContainerWithAnAddress() throws {
        let (lab, web) = try Self.lab()
        #expect(web.acquaintance(needsDescription: false) == .known)
        #expect(web.acquaintance(needsDescription: true) == .known)
        let uplink = try #require(lab.inventory.networks([NamePattern("br-pay")]).first?.ports.last)
        #expect(uplink.acquaintance(needsDescription: false) == .notOfContainers)

        var bare = web
        bare.place?.containers[0].container.description.name = nil
        #expect(bare.acquaintance(needsDescription: true) == .notDescribed)
        #expect(bare.acquaintance(needsDescription: false) == .known)

        var silent = web
        silent.place?.interfaces[0].addresses = []
        #expect(silent.acquaintance(needsDescription: false) == .noAddress)
        silent.place?.interfaces[0].addresses = [.init(try #require(IPAddress("fe80::1")), prefixLength: 64)]
        #expect(silent.acquaintance(needsDescription: false) == .noAddress)

        var pod = web
        pod.place?.containers[0].container.description.isSandbox = true
        #expect(pod.acquaintance(needsDescription: false) == .sandboxOnly)

        var nobodys = web
        nobodys.place?.containers = []
        #expect(nobodys.acquaintance(needsDescription: false) == .nobody)
        nobodys.place = nil
        #expect(nobodys.acquaintance(needsDescription: false) == .nobody)
    }
}
