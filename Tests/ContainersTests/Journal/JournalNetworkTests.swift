import Addressing
import Containers
import Testing

@Suite("Identity by network")
struct JournalNetworkTests {
    /// Two tenants with the same addresses, each on a bridge with an overlay of its own.
    private func tenants() -> JournalWatch {
        let watch = JournalWatch()
        for (number, vni) in [(UInt32(10), UInt32(42)), (20, 43)] {
            watch.link(.of(1, number), "br\(vni)", kind: "bridge")
            watch.link(.of(1, number + 1), "vx\(vni)", kind: "vxlan", master: number, vni: vni)
            let inner = UInt64(number * 10)
            watch.veth(number + 2, to: inner, bridge: number, mac: 0x0242_0a00_0002, addresses: "10.0.0.2/24")
            watch.container("tenant\(vni)", in: inner)
        }
        return watch
    }

    private func segment(_ identifier: UInt32) -> ScopeName { .segment(identifier: identifier, vlan: 0) }

    @Test func twoTenantsWithOneAddressAreNeverMixed() {
        let watch = tenants()
        for vni in [UInt32(42), 43] {
            let identity = watch.who("10.0.0.2") { $0.scope = segment(vni) }
            #expect(identity.name == "tenant\(vni)")
            #expect(identity.confidence == .certain)
            let byFrame = watch.who("10.0.0.2") { question in
                question.scope = segment(vni)
                question.hardwareAddress = MACAddress(bits: 0x0242_0a00_0002)
            }
            #expect(byFrame.name == "tenant\(vni)")
            #expect(byFrame.method == .segment)
        }
        #expect(watch.who("10.0.0.2").kind == .outside)
        #expect(watch.who("10.0.0.2") { $0.scope = segment(44) }.kind == .outside)
    }

    @Test func withoutAScopeTheyAreCandidates() {
        let identity = tenants().who("10.0.0.2") { $0.scope = nil }
        #expect(identity.kind == .container)
        #expect(identity.container == nil)
        #expect(identity.confidence == .ambiguous)
        #expect(identity.candidates.map(\.identifier) == ["tenant42", "tenant43"])
    }

    @Test func whoEndedIsStillFoundInItsSegment() {
        let watch = tenants()
        watch.time += 5000
        // The order in which a runtime takes them down.
        watch.apply(.interfaceGone(.of(1, 12)))
        watch.apply(.interfaceGone(.of(100, 2)))
        watch.apply(.interfaceGone(.of(1, 11)))
        watch.apply(.interfaceGone(.of(1, 10)))
        watch.end("tenant42")
        watch.time += 5000
        #expect(watch.who("10.0.0.2", after: -6000) { $0.scope = segment(42) }.name == "tenant42")
        #expect(watch.who("10.0.0.2") { $0.scope = segment(42) }.container == nil)
        #expect(watch.who("10.0.0.2") { $0.scope = segment(43) }.name == "tenant43")
    }

    @Test func aForgedFrameIsLikelyAtBest() {
        let watch = tenants()
        let identity = watch.who("10.0.0.99") { question in
            question.scope = segment(42)
            question.hardwareAddress = MACAddress(bits: 0x0242_0a00_0002)
        }
        #expect(identity.name == "tenant42")
        #expect(identity.confidence == .likely)
    }

    @Test func knowsWhatIsBehindOtherHosts() {
        let watch = tenants()
        watch.apply(.remote(.of(1, 11), MACAddress(bits: 0), endpoint: .text("192.168.1.20")))
        watch.apply(.remote(.of(1, 11), MACAddress(bits: 0x0242_0a00_0007), endpoint: .text("192.168.1.21")))
        let byFrame = watch.who("10.0.0.7") { question in
            question.scope = segment(42)
            question.hardwareAddress = MACAddress(bits: 0x0242_0a00_0007)
        }
        #expect(byFrame.kind == .remote)
        #expect(byFrame.endpoint == .text("192.168.1.21"))
        let byDevice = watch.who("10.0.0.8") { question in
            question.scope = segment(42)
            question.behind = .of(1, 11)
        }
        #expect(byDevice.kind == .remote)
        #expect(byDevice.confidence == .certain)
        #expect(byDevice.interfaceName == "vx42")
        #expect(byDevice.endpoint == nil)
        for address in ["192.168.1.20", "192.168.1.21"] { #expect(watch.who(address).kind == .remoteHost) }
        // The other tenant's segment has no such station.
        let other = watch.who("10.0.0.7") { question in
            question.scope = segment(43)
            question.hardwareAddress = MACAddress(bits: 0x0242_0a00_0007)
        }
        #expect(other.kind == .remote && other.endpoint == nil && other.confidence == .unknown)
    }

    @Test func aLocalAddressFromAnotherHostIsForged() {
        let watch = tenants()
        let identity = watch.who("10.0.0.2") { question in
            question.scope = segment(42)
            question.behind = .of(1, 11)
        }
        #expect(identity.kind == .remote)
        #expect(identity.isForged)
        // Flooded there, it is still the local one.
        let flooded = watch.who("10.0.0.2") { question in
            question.scope = segment(42)
            question.behind = .of(1, 11)
            question.cameIn = false
        }
        #expect(flooded.name == "tenant42")
    }

    @Test func aStationThatMovedIsWhereItWasThen() {
        let watch = tenants()
        let station = MACAddress(bits: 0x0242_0a00_0007)
        watch.apply(.remote(.of(1, 11), station, endpoint: .text("192.168.1.21")))
        watch.time += 5000
        watch.apply(.remote(.of(1, 11), station, endpoint: .text("192.168.1.22")))
        func endpoint(after delay: Int64) -> IPAddress? {
            watch.who("10.0.0.7", after: delay) { question in
                question.scope = segment(42)
                question.hardwareAddress = station
            }.endpoint
        }
        #expect(endpoint(after: -1) == .text("192.168.1.21"))
        #expect(endpoint(after: 0) == .text("192.168.1.22"))
        #expect(watch.who("192.168.1.21").kind == .outside)
        watch.apply(.remoteGone(.of(1, 11), station))
        #expect(watch.who("192.168.1.22").kind == .outside)
        watch.apply(.remote(.of(1, 11), station, endpoint: .text("192.168.1.23")))
        watch.apply(.interfaceGone(.of(1, 11)))
        watch.time += 1
        #expect(watch.who("192.168.1.23").kind == .outside)
    }

    @Test func tellsHostGatewayVacantAndOutsideApart() {
        let watch = JournalWatch()
        watch.link(.of(1, 2), "eth0", addresses: ["192.168.1.10/24"])
        watch.link(.of(1, 3), "docker0", kind: "bridge", addresses: ["172.17.0.1/16", "fd00::1/64"])
        let kinds: [(String, Identity.Kind)] = [
            ("192.168.1.10", .host), ("172.17.0.1", .gateway), ("fd00::1", .gateway), ("172.17.3.4", .vacant),
            ("fd00::77", .vacant), ("192.168.1.77", .outside), ("fd01::77", .outside), ("172.17.255.255", .multicast),
            ("8.8.8.8", .outside),
            ("224.0.0.251", .multicast), ("255.255.255.255", .multicast), ("ff02::1", .multicast),
        ]
        for (address, kind) in kinds { #expect(watch.who(address).kind == kind, "\(address)") }
        #expect(watch.who("172.17.0.1").interfaceName == "docker0")
        #expect(watch.who("192.168.1.10") { $0.observedIn = JournalWatch.host }.method == .netns)
        #expect(watch.who("192.168.1.10").method == .journal)
        watch.apply(.addressGone(.of(1, 3), .text("172.17.0.1")))
        #expect(watch.who("172.17.3.4").kind == .outside)
    }

    @Test func nobodyIsVacantWhereANetworkLeadsOut() {
        let watch = JournalWatch()
        watch.link(.of(1, 2), "eth0")
        watch.link(.of(1, 3), "br0", kind: "bridge", addresses: ["192.168.1.10/24"])
        #expect(watch.who("192.168.1.77").kind == .vacant)
        watch.link(.of(1, 2), "eth0", master: 3)
        #expect(watch.who("192.168.1.77").kind == .outside)
        // A container of our own on that network changes nothing, and it is known itself.
        watch.link(.of(100, 2), "eth0", kind: "macvlan", peer: .of(1, 3), addresses: ["192.168.1.130/24"])
        watch.container("wired", in: 100)
        #expect(watch.who("192.168.1.77").kind == .outside)
        #expect(watch.who("192.168.1.130").kind == .container)
        // The end of a wire: to whom it leads tells.
        watch.link(.of(1, 4), "uplink", kind: "veth", addresses: ["10.1.0.1/24"])
        watch.link(.of(1, 5), "gate", kind: "veth", peer: .of(200, 2), addresses: ["10.2.0.1/24"])
        #expect(watch.who("10.1.0.9").kind == .outside)
        #expect(watch.who("10.2.0.9").kind == .vacant)
        watch.link(.of(1, 6), "eth0.5", kind: "vlan", peer: .of(1, 2), addresses: ["10.3.0.1/24"])
        #expect(watch.who("10.3.0.9").kind == .outside)
        #expect(watch.who("10.3.0.255").kind == .multicast)
    }

    @Test func aLoopbackAddressBelongsToWhoSawIt() {
        let watch = tenants()
        let inside = watch.who("127.0.0.1") { $0.observedIn = NetworkNamespace(inode: 100) }
        #expect(inside.name == "tenant42")
        #expect(inside.method == .netns)
        #expect(watch.who("::1") { $0.observedIn = JournalWatch.host }.kind == .host)
        #expect(watch.who("127.0.0.53").kind == .host)
        let own = watch.who("127.0.0.1") { $0.scope = .namespace(NetworkNamespace(inode: 200)) }
        #expect(own.name == "tenant43")
        #expect(watch.who("127.0.0.1") { $0.scope = nil }.kind != .container)
    }

    @Test func saysThatItKnowsNothingWhereItKnowsNothing() {
        let journal = IdentityJournal()
        let identity = journal.identify(IdentityQuestion(address: .text("10.0.0.1"), time: .milliseconds(1)))
        #expect(identity == Identity(kind: .unknown, confidence: .unknown))
    }
}
