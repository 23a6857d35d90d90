import Addressing
import Flows
import Pipeline
import Records
import Testing

@Suite("Names and points in the pipeline")
struct NameAndPointTests {
    private static let catalog = IPAddress.v4(IPv4Address(bits: 0x0af4_0214))
    private static let web = IPAddress.v4(IPv4Address(bits: 0x0af4_010a))

    private static func conclude(_ name: String, prepare: (inout Pipeline) -> Void = { _ in }) throws -> Listener {
        let listener = Listener()
        var pipeline = Pipeline(sink: listener)
        prepare(&pipeline)
        try CaptureFrames(name).feed(&pipeline)
        pipeline.finish()
        return listener
    }

    @Test func callsAServerAsDNSDidBefore() throws {
        let asked = try Self.conclude("shop/shop-any.pcap").ended.filter {
            $0.destination == Self.catalog && $0.source == Self.web
        }
        let names = asked.map(\.names.destination)
        #expect(names.contains("catalog.shop.svc.cluster.local"))
        // Asked for by its address, it has no other name; never the address itself.
        #expect(names.allSatisfy { $0 == nil || $0 == "catalog.shop.svc.cluster.local" })
    }

    @Test func callsAServerAsItsClientDid() throws {
        let names = Set(try Self.conclude("shop/shop-node-a.pcap").ended.compactMap(\.names.destination))
        #expect(names == ["pay.example"])
    }

    @Test func callsAddressesAsTheInputSays() throws {
        let listener = try Self.conclude("first/first.pcap") { pipeline in
            pipeline.name(Self.catalog, "catalog.example")
            pipeline.name(Self.web, "10.244.1.10")
        }
        #expect(listener.ended.map(\.names) == [FlowNames(source: nil, destination: "catalog.example")])
    }

    @Test func knowsThePointsItWasTold() throws {
        let capture = try CaptureFrames("first/first.pcap")
        let listener = Listener()
        var pipeline = Pipeline(sink: listener)
        pipeline.describe(interface: 3, as: ObservationPoint(interface: "eth0", timestampDigits: 6))
        pipeline.describe(interface: 9, as: ObservationPoint(interface: "flannel.1", interfaceIndex: 12))
        capture.interface(3).feed(&pipeline)
        capture.interface(9).feed(&pipeline)
        pipeline.finish()
        #expect(listener.ended.map(\.packets) == [10])
        #expect(listener.ended.first?.points.map(\.interface) == ["eth0", "flannel.1"])
        #expect(listener.ended.first?.points.map(\.interfaceIndex) == [nil, 12])
        #expect(pipeline.totals.packets == 10)
        #expect(pipeline.totals.frames == 20)
    }
}
