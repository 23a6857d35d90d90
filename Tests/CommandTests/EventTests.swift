import Support
import Testing

@Suite("Records of all events")
struct EventTests {
    private static func actions(_ outcome: Command.Outcome) -> [String] {
        outcome.records.compactMap { $0["event.action"] }
    }

    @Test func printsEndsAndTheSummaryByDefault() throws {
        let outcome = try Command.run("replay", "-r", "Captures/shop/shop-node-a.pcap", "-o", "json")
        #expect(Set(Self.actions(outcome)) == ["flow_ended", "capture_summary"])
        #expect(Self.actions(outcome).last == "capture_summary")
    }

    @Test func tellsEveryFlowsBeginBeforeItsEnd() throws {
        let outcome = try Command.run("replay", "-r", "Captures/shop/shop-node-a.pcap", "-o", "json", "--events", "all")
        var begun: Set<String> = []
        var ended: Set<String> = []
        for record in outcome.records {
            guard let flow = record["flow.id"] else { continue }
            if record["event.action"] == "flow_started" { begun.insert(flow) }
            guard record["event.action"] == "flow_ended" else { continue }
            #expect(begun.contains(flow))
            ended.insert(flow)
        }
        #expect(begun == ended)
        #expect(begun.count == 78)
    }

    @Test func tellsSightingsInTheOrderOfTime() throws {
        let outcome = try Command.run("replay", "-r", "Captures/tenants/tenants.pcap", "-o", "json", "--events", "all")
        let times = outcome.records.filter { ["flow_started", "sighting"].contains($0["event.action"]) }
            .compactMap { $0["@timestamp"] }
        #expect(times.count > 6)
        #expect(times == times.sorted())
        #expect(Self.actions(outcome).contains("sighting"))
    }

    @Test func tellsOfFlowsThatGoOn() throws {
        let folder = try ScratchFolder()
        let frames = (0..<20).map { CaptureBytes.Frame.udp(at: $0 * 10_000_000, ports: (1000, 9)) }
        let capture = try folder.write(CaptureBytes(frames).pcap, as: "long.pcap")
        let all = Self.actions(try Command.replay(capture, options: ["-o", "json", "--events", "all"]))
        #expect(all.first == "flow_started")
        #expect(all.filter { $0 == "flow_updated" }.count == 3)
        #expect(all.suffix(2) == ["flow_ended", "capture_summary"])
    }
}
