import Addressing
import Foundation
import Testing

@testable import Records

@Suite("Capture summary")
struct SummaryRecordTests {
    private func line(_ summary: CaptureSummary) -> String {
        let writer = JSONRecordWriter(selection: [])
        writer.write(summary)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func saysLittleOfAnEmptyCapture() {
        let expected =
            #"{"event":{"kind":"metric","action":"capture_summary"},"#
            + #""capture":{"packets":0,"bytes":0,"truncated":false,"loss_known":false},"#
            + #""network":{"packets":0,"bytes":0},"flows":0,"elapsed":0}"#
        #expect(line(CaptureSummary()) == expected + "\n")
    }

    @Test func countsWhatCouldNotBeDecodedByLayer() throws {
        let recording = Recording()
        let whole = FrameBytes.vxlan(7, from: 1, to: 2, FrameBytes.ethernet(0x0800, [0x45, 0]))
        recording.take(whole)
        recording.take(FrameBytes.ethernet(0x0800, [0x25] + [UInt8](repeating: 0, count: 30)))
        recording.take(
            FrameBytes.vxlan(
                7,
                from: 1,
                to: 2,
                FrameBytes.ethernet(0x0800, FrameBytes.ipv4(17, from: 3, to: 4, FrameBytes.udp(1, 2)))
            )
        )
        var summary = CaptureSummary()
        summary.decode = recording.decodeCounters
        let record = try Recording.parse(line(summary))
        #expect(value("decode.truncated.ipv4", of: record) as? Int == 1)
        #expect(value("decode.truncated_by_sender.ipv4", of: record) as? Int == 1)
        #expect(value("decode.malformed.ipv4", of: record) as? Int == 1)
        #expect((value("decode.malformed", of: record) as? [String: Any])?.count == 1)
        #expect(value("tunnels.vxlan", of: record) as? Int == 1)
    }

    @Test func saysWhatIsKnownAndNoMore() throws {
        var summary = CaptureSummary()
        summary.frames = 30
        summary.bytes = 4000
        summary.filtered = 0
        summary.dropped = 10
        summary.truncations = ["a\u{1b}.pcap: ends in the middle of a record"]
        summary.first = Timestamp(nanoseconds: 1_000_000_000)
        summary.last = Timestamp(nanoseconds: 3_500_000_000)
        summary.timestampDigits = 3
        summary.late = 2
        let record = try Recording.parse(line(summary))
        #expect(value("@timestamp", of: record) as? String == "1970-01-01T00:00:03.500Z")
        #expect(value("capture.packets", of: record) as? Int == 30)
        #expect(value("capture.filtered", of: record) as? Int == 0)
        #expect(value("capture.dropped", of: record) as? Int == 10)
        #expect(value("capture.if_dropped", of: record) == nil)
        #expect(value("capture.loss_known", of: record) as? Bool == true)
        #expect(value("capture.loss_ratio", of: record) as? Double == 0.25)
        #expect(value("capture.truncated", of: record) as? Bool == true)
        #expect(value("error.message", of: record) as? [String] == summary.truncations)
        #expect(value("elapsed", of: record) as? Int == 2_500_000_000)
        #expect(value("portolan.late", of: record) as? Int == 2)
        #expect(value("portolan.evicted", of: record) == nil)
    }

    @Test func saysWhatWasOfferedAndWhatWasLeftOut() throws {
        var summary = CaptureSummary()
        summary.frames = 7
        summary.offered = 10
        summary.dropped = 2
        summary.unread = 1
        summary.leftOut = [.updates: 12_000_000_001, .payloads: 1]
        let record = try Recording.parse(line(summary))
        #expect(value("capture.offered", of: record) as? Int == 10)
        #expect(value("capture.unread", of: record) as? Int == 1)
        // Begun seconds are whole ones: what happened is never 0.
        #expect(value("portolan.left_out_seconds.updates", of: record) as? Int == 13)
        #expect(value("portolan.left_out_seconds.payloads", of: record) as? Int == 1)
        summary.leftOut[.payloads] = nil
        #expect(value("portolan.left_out_seconds.payloads", of: try Recording.parse(line(summary))) == nil)
    }

    @Test func standsAnyCountThatAFileClaims() throws {
        var summary = CaptureSummary()
        summary.frames = .max
        summary.dropped = .max
        summary.first = Timestamp(nanoseconds: .min)
        summary.last = Timestamp(nanoseconds: .max)
        let record = try Recording.parse(line(summary))
        #expect(value("capture.loss_ratio", of: record) as? Double == 0.5)
        #expect(value("elapsed", of: record) as? Int64 == .max)
    }

    @Test(arguments: [(147, "user0"), (162, "user15"), (253, "netlink"), (65_535, "linktype_65535")])
    func namesLinkTypes(number: UInt16, expected: String) {
        #expect(LinkTypeName.of(number) == expected)
    }

    @Test(arguments: [
        (0, "hopopt"), (1, "icmp"), (2, "igmp"), (6, "tcp"), (17, "udp"), (33, "dccp"), (41, "ipv6"), (47, "gre"),
        (50, "esp"), (51, "ah"), (58, "ipv6-icmp"), (89, "ospfigp"), (103, "pim"), (112, "vrrp"), (115, "l2tp"),
        (132, "sctp"), (136, "udplite"), (137, "mpls-in-ip"), (147, "bit-emu"), (61, nil), (148, nil), (255, nil),
    ])
    func namesTransportsAsIANADoes(number: UInt8, expected: String?) {
        #expect(TransportKeyword.of(number) == expected)
    }
}
