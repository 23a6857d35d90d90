import Addressing
import Flows
import Pipeline
import Records
import Testing
import Wire

@Suite("Pipeline")
struct PipelineTests {
    /// The records of a capture as lines of JSON, read in batches of so many frames.
    private static func lines(_ name: String, batch: Int, settings: PipelineSettings) throws -> [UInt8] {
        let writer = JSONRecordWriter(selection: .all)
        var pipeline = Pipeline(settings: settings, sink: writer)
        try CaptureFrames(name).feed(&pipeline, batch: batch)
        pipeline.finish()
        writer.write(pipeline.totals)
        return writer.bytes
    }

    @Test(arguments: ["first/first.pcap", "shop/shop-any.pcap", "tenants/tenants.pcap"], [1, 2, 7, 63])
    func givesTheSameRecordsWhateverTheBatches(name: String, batch: Int) throws {
        var settings = PipelineSettings()
        settings.flows.reportsStarts = true
        settings.flows.reportsUpdates = true
        let whole = try Self.lines(name, batch: 64, settings: settings)
        #expect(whole.count > 1000)
        #expect(try Self.lines(name, batch: batch, settings: settings) == whole)
    }

    @Test func endsFlowsAsTimePassesWithoutFrames() throws {
        let listener = Listener()
        var pipeline = Pipeline(sink: listener)
        let capture = try CaptureFrames("first/first.pcap").interface(0) { $0 < 5 }
        capture.feed(&pipeline)
        let last = try #require(capture.frames.last).time.nanoseconds
        pipeline.advance(to: Timestamp(nanoseconds: last + 299_000_000_000))
        #expect(listener.flows.isEmpty)
        pipeline.advance(to: Timestamp(nanoseconds: last + 301_000_000_000))
        #expect(listener.ended.map(\.reason) == [.idle])
        pipeline.advance(to: Timestamp(nanoseconds: 0))
        pipeline.finish()
        #expect(listener.flows.count == 1)
        #expect(pipeline.totals.flows == 1)
        #expect(pipeline.totals.packets == 5)
    }

    @Test func countsACutRecordAsOneFlow() throws {
        let listener = Listener()
        var settings = PipelineSettings()
        settings.flows.active = 1
        settings.flows.tcpClosed = 3600
        var pipeline = Pipeline(settings: settings, sink: listener)
        let capture = try CaptureFrames("first/first.pcap")
        capture.interface(0) { $0 < 5 }.feed(&pipeline)
        let last = try #require(capture.frames.last).time.nanoseconds
        pipeline.advance(to: Timestamp(nanoseconds: last + 3_000_000_000))
        capture.interface(0) { $0 >= 5 }.feed(&pipeline)
        pipeline.finish()
        #expect(listener.ended.reduce(0) { $0 + $1.packets } == 10)
        #expect(pipeline.totals.packets == 10)
        #expect(pipeline.totals.flows == 1)
        #expect(pipeline.totals.continuations == UInt64(listener.ended.count - 1))
    }

    @Test func tellsOfBeginsOnlyWhenAsked() throws {
        let capture = try CaptureFrames("first/first.pcap")
        for asked in [true, false] {
            let listener = Listener()
            var settings = PipelineSettings()
            settings.flows.reportsStarts = asked
            var pipeline = Pipeline(settings: settings, sink: listener)
            capture.feed(&pipeline)
            pipeline.finish()
            #expect(listener.flows.map(\.action) == (asked ? [.started, .ended] : [.ended]))
        }
    }

    @Test func looksForTunnelsOnThePortsItWasTold() throws {
        var settings = PipelineSettings()
        settings.tunnelPorts = TunnelPorts(geneve: [8472])
        var pipeline = Pipeline(settings: settings, sink: Listener())
        try CaptureFrames("first/first.pcap").feed(&pipeline)
        pipeline.finish()
        #expect(pipeline.totals.decode.tunnels[Int(TunnelKind.vxlan.rawValue)] == 0)
    }

    @Test func keepsItsTableWithinTheBoundItWasTold() throws {
        let listener = Listener()
        var settings = PipelineSettings()
        settings.flows.capacity = 4
        var pipeline = Pipeline(settings: settings, sink: listener)
        try CaptureFrames("shop/shop-node-a.pcap").feed(&pipeline)
        pipeline.finish()
        #expect(pipeline.totals.evicted > 0)
        #expect(listener.ended.reduce(0) { $0 + $1.packets } == 436)
    }

    @Test func countsFramesAndTheirTimes() throws {
        var pipeline = Pipeline(sink: Listener())
        #expect(pipeline.totals.first == nil)
        let capture = try CaptureFrames("shop/shop-node-a.pcap")
        capture.feed(&pipeline)
        #expect(pipeline.totals.frames == 438)
        #expect(pipeline.totals.first == capture.frames.map(\.time).min())
        #expect(pipeline.totals.last == capture.frames.map(\.time).max())
        #expect(pipeline.totals.bytes == capture.frames.reduce(0) { $0 + UInt64($1.wireLength) })
    }

    @Test func tellsSightingsBesideFlows() throws {
        let listener = Listener()
        var pipeline = Pipeline(sink: listener)
        try CaptureFrames("tenants/tenants.pcap").feed(&pipeline)
        pipeline.finish()
        // A request and a reply in each of the two segments.
        #expect(listener.sightings.count == 4)
        #expect(listener.sightings.allSatisfy { $0.count == 1 })
    }
}
