import Addressing
import Containers
import Flows
import Foundation
import Testing

@testable import Records

@Suite("Record of a relayed flow")
struct RelayRecordTests {
    private func record(_ direction: FlowRelay.Direction) throws -> (line: String, other: String) {
        let other = try Recording.identifier()
        var identity = Identity(kind: .container, method: .netns, confidence: .certain)
        var container = Container(key: ContainerKey(identifier: "0123abcd", generation: 2))
        container.description.name = "web"
        identity.container = container
        let relay = FlowRelay(
            direction,
            other,
            address: .v4(IPv4Address(bits: 0xac1d_0002)),
            port: 80,
            identity: identity
        )
        let recording = Recording(names: FlowNames(relay: relay))
        recording.take(
            FrameBytes.ethernet(0x0800, FrameBytes.ipv4(17, from: 1, to: 2, FrameBytes.udp(40_000, 8080, [1])))
        )
        let lines = recording.lines()
        try #require(lines.count == 1)
        return (lines[0], other.description)
    }

    @Test func namesTheOtherFlowAndWhomItLeadsTo() throws {
        let (line, other) = try record(.to)
        #expect(line.contains(#""end_reason":"capture_end","relay":{"to":"\#(other)","confidence":"likely"}}"#))
        let end =
            #""relay":{"ip":"172.29.0.2","port":80,"container":{"id":"0123abcd","name":"web","generation":2},"#
            + #""identity":{"kind":"container","confidence":"certain"}}}"#
        let record = try Recording.parse(line)
        #expect(line.contains(#""bytes":0,\#(end),"observer""#))
        #expect(value("destination.relay.container.name", of: record) as? String == "web")
        #expect(value("source.relay", of: record) == nil)
        // The true end stays.
        #expect(value("destination.ip", of: record) as? String == "10.0.0.2")
    }

    @Test func namesTheOtherFlowAndWhomItIsFor() throws {
        let (line, other) = try record(.from)
        let record = try Recording.parse(line)
        #expect(value("flow.relay.from", of: record) as? String == other)
        #expect(value("flow.relay.to", of: record) == nil)
        #expect(value("source.relay.ip", of: record) as? String == "172.29.0.2")
        #expect(value("destination.relay", of: record) == nil)
    }

    @Test func theKeysAreDocumented() throws {
        let page = try String(contentsOf: SharedPage.records, encoding: .utf8)
        for key in ["flow.relay.to", "flow.relay.from", "flow.relay.confidence", "source.relay", "destination.relay"] {
            #expect(page.contains("`\(key)"), "\(key)")
        }
    }
}
