import CLinux
import Testing

@testable import Netlink

@Suite("What a kernel has of nftables") struct FeatureTests {
    /// What takes each, in nft's words. Persist is unknown to many versions of it.
    static let words: [(Nftables.Features, String)] = [
        (.inet, "table inet t { chain c { }; }"),
        (.owner, "table inet t { flags owner; }"),
        (.ingress, "table netdev t { chain c { type filter hook ingress device lo priority 0; }; }"),
        (.egress, "table netdev t { chain c { type filter hook egress device lo priority 0; }; }"),
        (.absentDevices, "table netdev t { chain c { type filter hook ingress device none0 priority 0; }; }"),
        (.bridge, "table bridge t { chain c { type filter hook forward priority 0; }; }"),
        (.connectionTracking, "table inet t { chain c { ct state new; }; }"),
        (
            .connectionTrackingOfDevices,
            "table netdev t { chain c { type filter hook ingress device lo priority 0; ct state new; }; }"
        ),
        (.innerPayload, "table inet t { chain c { udp dport 1 @ih,0,32 1; }; }"),
        (.concatenatedRanges, "table inet t { set s { type ipv4_addr . inet_service; flags interval; }; }"),
        (.catchAll, "table inet t { set s { type ipv4_addr; elements = { * }; }; }"),
        (.reject, "table inet t { chain c { reject with icmpx admin-prohibited; }; }"),
        (.log, "table inet t { chain c { log group 1; }; }"),
    ]

    @Test func isWhatNftFinds() throws {
        let space = try NftablesSpace()
        let features = try space.socket.probeNftables()
        for (feature, text) in Self.words {
            let works = try space.namespace.perform { () throws in try ChildProcess(["/usr/sbin/nft", text]).isWell }
            #expect(features.contains(feature) == works, "\(text)")
            _ = try space.nft("flush", "ruleset")
        }
    }

    @Test func triesLeaveNothing() throws {
        let space = try NftablesSpace()
        try space.commit { $0.add(Nftables.Table(.inet, flags: [.owner])) }
        let before = try space.socket.dumpContents(.inet)
        var events = try NftablesEventTests.events(space)
        var other = try space.anotherSocket()
        #expect(try other.probeNftables() == space.socket.probeNftables())
        #expect(try NftablesEventTests.received(&events) == [])
        #expect(try space.socket.dumpContents(.inet) == before && space.socket.dumpTables().count == 1)
    }

    @Test func whatDependsOnWhatIsLackingIsLacking() {
        let probe = Nftables.Probe()
        let all = probe.features(without: [])
        #expect(all.rawValue == 1 << 15 - 1)
        for step in 0..<probe.batch.count - 1 {
            let left = probe.features(without: [step])
            #expect(left.isStrictSubset(of: all), "\(probe.batch.steps[step].operation)")
        }
        #expect(probe.features(without: [probe.batch.count - 1]) == all)
    }

    @Test func withoutTheCapabilityNothingIsKnown() throws {
        let space = try NftablesSpace()
        let isDenied = try space.namespace.perform { () throws -> Bool in
            #expect(CLinux_keepCapabilities(0) == 0)
            do throws(NetlinkError) { _ = try space.socket.probeNftables() } catch { return error.isDenied }
            return false
        }
        #expect(isDenied)
    }
}
