import Addressing
import Containers
import Enforcement
import Policy
import Testing

@Suite("Preview")
struct PreviewTests {
    private let lab: Lab
    private let flows: [ObservedFlow]

    init() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        try lab.add("db", "10.1.0.3")
        self.lab = lab
        func flow(
            _ source: String,
            _ port: UInt16,
            _ destination: String,
            _ service: UInt16,
            _ label: String
        ) throws -> ObservedFlow {
            var flow = ObservedFlow(
                from: try #require(IPAddress(source)),
                port,
                to: try #require(IPAddress(destination)),
                service,
                protocolNumber: 6,
                label: label,
                packets: UInt64(service)
            )
            flow.source = source == "10.1.0.2" ? Lab.key("web") : nil
            flow.destination =
                destination == "10.1.0.2" ? Lab.key("web") : destination == "10.1.0.3" ? Lab.key("db") : nil
            return flow
        }
        var half = try flow("10.1.0.2", 40_003, "192.0.2.7", 443, "half open")
        half.isEstablished = false
        flows = [
            try flow("10.1.0.2", 40_001, "10.1.0.3", 5432, "web → db:5432"),
            try flow("10.1.0.2", 40_002, "192.0.2.7", 443, "web → 192.0.2.7:443"), half,
            try flow("192.0.2.7", 50_000, "10.1.0.2", 80, "192.0.2.7 → web:80"),
        ]
    }

    private func cut(_ order: BlockOrder) -> [String] {
        Preview(order, inventory: lab.inventory, flows: flows).cut.map(\.label)
    }

    @Test func namesWhatWouldBeCutAndNothingElse() throws {
        #expect(cut(try Lab.order("web", to: "10.1.0.3", 6, 5432...5432)) == ["web → db:5432"])
        #expect(cut(try Lab.order("web", to: "10.1.0.3", 6, 80...80)) == [])
        // Without a port what is answered from there is stopped, too.
        #expect(cut(try Lab.order("web", to: "192.0.2.7")) == ["web → 192.0.2.7:443", "192.0.2.7 → web:80"])
        #expect(cut(try Lab.order("web", to: "192.0.2.7", 6, 443...443)) == ["web → 192.0.2.7:443"])
        #expect(cut(try Lab.order("db", to: "192.0.2.7")) == [])
    }

    /// A block of an address stops what is sent to that address, and a container has others.
    @Test func saysByWhatElseTheOtherEndIsReached() throws {
        var lab = lab
        try lab.change("db") {
            $0.interfaces[0].addresses += try ["fe80::3", "fd00::3"].map {
                .init(try #require(IPAddress($0)), prefixLength: 64)
            }
            let everywhere = try #require(IPAddress("0.0.0.0"))
            $0.containers[0].container.description.published = [(6, 8080, 80), (6, 8443, 443), (17, 5353, 53)].map {
                PublishedPort(protocolNumber: $0, address: everywhere, port: $1, containerPort: $2)
            }
        }
        func note(_ order: BlockOrder) -> String? {
            let text = Preview(order, inventory: lab.inventory, flows: []).text
            return text.split(separator: "\n").first { $0.contains("is reached by") }.map(String.init)
        }
        #expect(
            note(try Lab.order("web", to: "10.1.0.3", 6, 80...80))
                == "Note: db is reached by fd00::3, fe80::3, port 8080 of the host, too, and that is not stopped."
        )
        #expect(note(try Lab.order("web", to: "10.1.0.0/24"))?.contains("port 5353 of the host, port 8080") == true)
        #expect(note(try Lab.order("web", to: "10.1.0.3", 17, 80...80))?.contains("port") == false)
        // Who has no other address, who is not here, and who is cut off as a whole.
        #expect(note(try Lab.order("db", to: "10.1.0.2")) == nil)
        #expect(note(try Lab.order("web", to: "192.0.2.7")) == nil)
        #expect(note(try Lab.quarantine("web")) == nil)
    }

    @Test func quarantineCutsAllButWhatItLeavesOpen() throws {
        #expect(cut(try Lab.quarantine("web")) == ["web → db:5432", "web → 192.0.2.7:443", "192.0.2.7 → web:80"])
        #expect(cut(try Lab.quarantine("web", allowing: "192.0.2.0/24")) == ["web → db:5432"])
    }

    @Test func newOnlyCutsNothingUnlessAsked() throws {
        #expect(cut(try Lab.order("web", to: "192.0.2.7", options: .newOnly)) == [])
        #expect(cut(try Lab.order("web", to: "192.0.2.7", options: [.newOnly, .cut])).count == 2)
    }

    @Test func anAddressAloneIsCutWhoeverTalksWithIt() throws {
        let address = try #require(IPAddress("192.0.2.7"))
        let order = BlockOrder(.address(address), .everything(allowing: []), reason: "", author: Lab.person)
        #expect(cut(order) == ["web → 192.0.2.7:443", "192.0.2.7 → web:80"])
    }

    @Test func saysItInSentences() throws {
        let text = Preview(try Lab.order("web", to: "192.0.2.7"), inventory: lab.inventory, flows: flows).text
        #expect(
            text == """
                Stopped would be web.
                Caught is what goes to containers on the same bridge; to outside and to other bridges; to other hosts by a routed \
                overlay; to other hosts by a bridged overlay; to services of the host.
                Not caught is what goes from the host; from other containers and hosts.
                Note: IP below two VLAN tags is not looked into.
                It stops at once, established connections among it, without telling either end.
                Answers to connections that others opened from there are stopped, too, as no port is named.
                Of 4 known flows 2 would be cut:
                  web → 192.0.2.7:443 (443 packets)
                  192.0.2.7 → web:80 (80 packets)
                """
        )
    }

    @Test func saysWhatItCannotStop() throws {
        let gone = Preview(try Lab.order("gone", to: "192.0.2.7"), inventory: lab.inventory, flows: []).text
        #expect(
            gone
                == "Nothing would be stopped.\nNote: container gone does not run now.\nNone of 0 known flows would be cut."
        )
        let udp = Preview(
            try Lab.order("web", to: "192.0.2.7", 17, options: .newOnly),
            inventory: lab.inventory,
            flows: flows
        )
        #expect(udp.text.contains("Not caught is what goes to containers on the same bridge;"))
        #expect(udp.text.contains("bridge-nf-call-iptables"))
        #expect(udp.text.contains("What is established goes on."))
    }

    @Test func namesAtMostSoMany() throws {
        let many = (0..<50).map { number -> ObservedFlow in
            var flow = flows[0]
            flow.label = "flow \(number)"
            flow.packets = UInt64(number)
            return flow
        }
        let preview = Preview(try Lab.quarantine("web"), inventory: lab.inventory, flows: many)
        #expect(preview.cutCount == 50)
        #expect(preview.cut.count == Preview.flowLimit)
        #expect(preview.cut.first?.label == "flow 49")
        #expect(preview.text.hasSuffix("  and 30 more"))
    }
}
