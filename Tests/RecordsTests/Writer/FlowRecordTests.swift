import Containers
import Flows
import Foundation
import Testing

@testable import Records

@Suite("Flow record")
struct FlowRecordTests {
    /// A request and its answer, in UDP between ports that mean nothing.
    private func exchange(_ recording: Recording) {
        recording.take(
            FrameBytes.ethernet(0x0800, FrameBytes.ipv4(17, from: 1, to: 2, FrameBytes.udp(40_000, 9999, [1, 2])))
        )
        recording.take(
            FrameBytes.ethernet(0x0800, FrameBytes.ipv4(17, from: 2, to: 1, FrameBytes.udp(9999, 40_000))),
            at: 1_500_000
        )
    }

    @Test func writesAllKeysInTheirOrder() throws {
        let recording = Recording(names: FlowNames(source: "a.example", destination: "b.example"))
        exchange(recording)
        let lines = recording.lines()
        try #require(lines.count == 1)
        let identifier = try #require(value("flow.id", of: Recording.parse(lines[0])) as? String)
        #expect(identifier.utf8.count == 16)
        let expected =
            #"{"@timestamp":"2024-02-29T12:00:00.001500Z","#
            + #""event":{"kind":"event","action":"flow_ended","start":"2024-02-29T12:00:00.000000Z","#
            + #""end":"2024-02-29T12:00:00.001500Z","duration":1500000},"#
            + #""flow":{"id":"\#(identifier)","state":"established","end_reason":"capture_end"},"#
            + #""zeek":{"connection":{"state":"SF","history":"Dd"}},"#
            + #""network":{"type":"ipv4","iana_number":17,"transport":"udp","#
            + #""community_id":"1:NDMhSWfgccTjVmIVpQhryP/bwxg=","packets":2,"bytes":58},"#
            + #""source":{"ip":"10.0.0.1","port":40000,"mac":"02:00:00:00:00:01","packets":1,"bytes":30,"#
            + #""domain":"a.example"},"#
            + #""destination":{"ip":"10.0.0.2","port":9999,"mac":"02:00:00:00:00:02","packets":1,"bytes":28,"#
            + #""domain":"b.example"},"#
            + #""observer":{"path":[{"packets":2,"bytes":58}]}}"#
        #expect(lines[0] == expected)
    }

    @Test func writesNoNamesWhenNoneAreWanted() throws {
        let recording = Recording(resolvesNames: false, names: FlowNames(source: "a", destination: "b"))
        exchange(recording)
        let record = try recording.record()
        #expect(value("source.domain", of: record) == nil)
        #expect(value("destination.domain", of: record) == nil)
    }

    @Test(
        arguments: [
            (RecordSelection.standard, ["flow_ended"]), (.flowStarts, ["flow_started"]),
            (.all, ["flow_started", "flow_ended"]), (.sightings, []),
        ] as [(RecordSelection, [String])]
    )
    func writesWhatIsSelected(selection: RecordSelection, expected: [String]) throws {
        let recording = Recording(selection)
        exchange(recording)
        let actions = try recording.lines().map { try value("event.action", of: Recording.parse($0)) as? String }
        #expect(actions == expected)
    }

    @Test func saysWhyAFlowEndedOnlyWhenItDid() throws {
        let recording = Recording(.flowStarts)
        exchange(recording)
        let record = try recording.record()
        #expect(value("flow.end_reason", of: record) == nil)
        #expect(value("flow.state", of: record) as? String == "new")
    }

    @Test func tellsOfATCPConnectionAsZeekDoes() throws {
        let recording = Recording()
        let segments: [(UInt8, UInt8, [UInt8])] = [
            (1, 2, FrameBytes.tcp(40_000, 80, flags: 2, sequence: 1)),
            (2, 1, FrameBytes.tcp(80, 40_000, flags: 18, sequence: 1, acknowledgment: 2)),
            (1, 2, FrameBytes.tcp(40_000, 80, flags: 16, sequence: 2, acknowledgment: 2)),
        ]
        for (source, destination, segment) in segments {
            recording.take(FrameBytes.ethernet(0x0800, FrameBytes.ipv4(6, from: source, to: destination, segment)))
        }
        let record = try recording.record()
        #expect(value("zeek.connection.state", of: record) as? String == "S1")
        #expect(value("zeek.connection.history", of: record) as? String == "ShA")
        #expect(value("flow.state", of: record) as? String == "established")
        #expect(value("network.transport", of: record) as? String == "tcp")
    }

    @Test(arguments: [8, 0] as [UInt8])
    func givesICMPItsTypeAndNoPorts(type: UInt8) throws {
        let recording = Recording()
        let message = FrameBytes.icmp(type: type)
        recording.take(FrameBytes.ethernet(0x0800, FrameBytes.ipv4(1, from: 1, to: 2, message)))
        let record = try recording.record()
        #expect(value("icmp.type", of: record) as? Int == Int(type))
        #expect(value("icmp.code", of: record) as? Int == 0)
        #expect(value("source.port", of: record) == nil)
        #expect(value("destination.port", of: record) == nil)
        // Request and answer are one conversation, whichever was seen; here the ends are the other way round.
        let identifier = type == 8 ? "1:YcMyyWJfhc95EW1GfXt6jlZ3DiQ=" : "1:E5tNYkCqpM09ZPfoLcq+JJj0QuQ="
        #expect(value("network.community_id", of: record) as? String == identifier)
    }

    @Test func writesIPv6AndProtocolsWithoutAName() throws {
        let recording = Recording()
        recording.take(FrameBytes.ethernet(0x86dd, FrameBytes.ipv6(253, from: 1, to: 2, [1, 2, 3])))
        let record = try recording.record()
        #expect(value("network.type", of: record) as? String == "ipv6")
        #expect(value("network.iana_number", of: record) as? Int == 253)
        #expect(value("network.transport", of: record) == nil)
        #expect(value("source.ip", of: record) as? String == "fe80::1")
    }

    @Test(arguments: [("cni0", "br1", "cni0"), (nil, "br1", "br1"), (nil, nil, nil)] as [(String?, String?, String?)])
    func namesTheBridgeOfTheSourceOrElseTheOther(source: String?, destination: String?, expected: String?) throws {
        var ends = [Identity(kind: .container, confidence: .certain), Identity(kind: .gateway, confidence: .certain)]
        ends[0].bridgeName = source
        ends[1].bridgeName = destination
        let identities = FlowIdentities(
            source: SharedIdentity(ends[0]),
            destination: SharedIdentity(ends[1]),
            hostName: nil
        )
        let recording = Recording(names: FlowNames(identities: identities))
        exchange(recording)
        let record = try recording.record()
        #expect(value("segment.name", of: record) as? String == expected)
        #expect(value("segment.id", of: record) == nil)
        #expect(value("network.direction", of: record) as? String == "egress")
    }
}
