import Foundation
import Records
import Support
import Testing

@Suite("Output") struct OutputTests {
    /// The whole of `portolan replay -o json`, beside the capture. `EXPECT=write` writes it anew.
    @Test(arguments: ["first/first"]) func isWhatWasReviewed(name: String) throws {
        let expected = SharedCaptures.own.appending(path: "\(name).expected.json")
        let output = try ReplayedCapture.json(SharedCaptures.own.appending(path: "\(name).pcap").path)
        if ProcessInfo.processInfo.environment["EXPECT"] == "write" { try Data(output).write(to: expected) }
        let text = String(decoding: output, as: UTF8.self)
        #expect(text == (try String(contentsOf: expected, encoding: .utf8)))
    }

    /// Hash seeds are random: nothing that is written may depend on them.
    @Test(arguments: ["first/first.pcap", "shop/shop-any.pcap", "shop/shop-node-a.pcapng", "tenants/tenants.pcap"])
    func isTheSameEveryTime(name: String) throws {
        try expectTheSameTwice(SharedCaptures.own.appending(path: name).path)
    }

    @Test(
        .enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"),
        arguments: [
            "lab/lab_any_sll2.pcap", "lab/lab_vxlan8472_v4_outer.pcap", "lab/lab_flood_syn_spoofed.pcap",
            "scans/nDPI__synscan.pcap", "fragments/pcpp__ip6_fragments.pcap", "dns/pcpp__DnsPackets.pcap",
        ]
    )
    func isTheSameEveryTimeForOthers(name: String) throws {
        try expectTheSameTwice(SharedCaptures.folder.appending(path: name).path)
    }

    private func expectTheSameTwice(_ path: String) throws {
        let first = try ReplayedCapture.json(path, .all)
        #expect(first.count > 1000)
        #expect(try ReplayedCapture.json(path, .all) == first)
    }
}
