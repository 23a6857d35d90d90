import Addressing
import AllocationCount
import Flows
import Support
import Testing
import Wire

/// Packets cost no allocation: not in the dissector, not in the table, however many flows there are.
@Suite("Allocations", .enabled(if: AllocationCount_isAvailable(), "a sanitizer has malloc(3) for itself"))
struct AllocationTests {
    /// Tells nobody anything.
    private final class Silence: FlowSink {
        func started(_ flow: Flow, _ book: borrowing FlowBook) -> Bool { false }
        func updated(_ flow: Flow, _ book: borrowing FlowBook) {}
        func ended(_ flow: Flow, _ book: borrowing FlowBook) {}
        func resolved(_ message: RawSpan, _ exchange: DNSExchange, _ book: borrowing FlowBook) {}
    }

    /// A batch of frames in one chunk of bytes: TCP, UDP and ICMP, IPv4 and IPv6, bare, tagged and in VXLAN.
    private static func traffic() -> (bytes: [UInt8], frames: [Frame]) {
        var frames: [[UInt8]] = []
        for flow in UInt16(0)..<4 {
            for (source, destination) in [(IPAddress.host(1), IPAddress.host(2)), (.host6(1), .host6(2))] {
                let segment = PacketBuilder.segment(
                    from: source,
                    40_000 + flow,
                    to: destination,
                    80,
                    "A",
                    acknowledgment: 1
                )
                let data = [UInt8](repeating: 7, count: 56)
                let echo = PacketBuilder.icmp(type: source < destination ? 8 : 0, [0, UInt8(flow), 0, 1] + data)
                frames.append(segment)
                frames.append(PacketBuilder.vxlan(segment, UInt32(flow)))
                frames.append(PacketBuilder.datagram(from: source, 40_000 + flow, to: destination, 9, vlans: [10]))
                frames.append(PacketBuilder.ethernet(PacketBuilder.ip(echo, 1, from: source, to: destination)))
            }
        }
        var bytes: [UInt8] = []
        var places: [Frame] = []
        for frame in frames {
            let length = UInt32(frame.count)
            places.append(
                Frame(
                    offset: bytes.count,
                    time: Timestamp(nanoseconds: 0),
                    capturedLength: length,
                    wireLength: length,
                    interface: 0,
                    linkType: 1
                )
            )
            bytes += frame
        }
        return (bytes, places)
    }

    /// How often memory was asked for while batches of established flows passed.
    private func allocations(batches: Int) -> UInt64 {
        let (bytes, frames) = Self.traffic()
        let seed = HashSeed.random()
        var dissector = Dissector(seed: seed)
        var packets = PacketBatch()
        var table = FlowTable(seed: seed)
        let sink = Silence()
        let batch = unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span)
        for _ in 0..<10 {
            dissector.dissect(batch, into: &packets)
            table.count(packets, of: batch, to: sink)
        }
        let before = AllocationCount_ofThread()
        for _ in 0..<batches {
            dissector.dissect(batch, into: &packets)
            table.count(packets, of: batch, to: sink)
        }
        return AllocationCount_ofThread() - before
    }

    @Test func areCounted() {
        let before = AllocationCount_ofThread()
        let array = [UInt8](repeating: 1, count: Int.random(in: 1000...2000))
        #expect(AllocationCount_ofThread() > before)
        #expect(array.count >= 1000)
    }

    // Code that is not optimized asks for memory everywhere, so this exists in a release build only; `make test` makes one.
    #if !DEBUG
    @Test func areNoneForPacketsOfFlowsUnderWay() {
        // 200,000 packets.
        #expect(allocations(batches: 6250) == 0)
    }
    #endif
}
