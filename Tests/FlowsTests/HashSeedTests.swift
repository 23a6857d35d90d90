import Addressing
import Support
import Testing
import Wire

@testable import Flows

/// Nothing that comes out may depend on where a secret seed put the flows.
@Suite("Hash seeds and flows")
struct HashSeedTests {
    /// Thousands of flows of every kind, in batches, with time that jumps and points that differ.
    private func run(capacity: Int) -> [String] {
        var configuration = FlowConfiguration()
        configuration.capacity = capacity
        configuration.reportsStarts = true
        configuration.reportsUpdates = true
        let watch = FlowWatch(configuration)
        var random = SplitMix(99)
        var conversations: [UInt32: TCPConversation] = [:]
        let letters = Array("SSSShAADDaddTtWFfRr")
        var time: Int64 = 0
        for _ in 0..<6000 {
            time += Int64(random.next() % 100_000_000) * (random.next() % 50 == 0 ? 200 : 1)
            let host = UInt32(random.next() % 300) + 3
            var frame: [UInt8]
            switch random.next() % 6 {
            case 0:
                frame = PacketBuilder.datagram(from: .host(host), 40_000, to: .host(2), 53)
            case 1:
                frame = PacketBuilder.datagram(from: .host6(UInt64(host)), 40_000, to: .host6(2), 53)
            case 2:
                frame = Fragments.fragment(16..<40, identification: UInt16(host), from: host)
            default:
                let letter = letters[Int(random.next() % UInt64(letters.count))]
                frame = conversations[host, default: TCPConversation(from: .host(host))].frame(letter)
            }
            switch random.next() % 4 {
            case 0: frame = PacketBuilder.vxlan(frame, UInt32(random.next() % 3))
            default: break
            }
            watch.see(frame, at: Timestamp(nanoseconds: time), interface: UInt32(random.next() % 3))
        }
        watch.finish()
        let flows = watch.started + watch.updated + watch.ended
        return flows.map { flow in
            "\(flow.identifier) \(flow.source):\(flow.sourcePort) \(flow.destination):\(flow.destinationPort) \(flow.scope)"
                + " \(flow.sourcePackets) \(flow.destinationBytes) \(flow.last.nanoseconds) \(flow.connectionState)"
                + " \(flow.history) \(flow.endReason?.rawValue ?? "") \(flow.twin?.description ?? "") \(flow.gain)"
        } + watch.paths.map { "\($0)" }
    }

    @Test(arguments: [1 << 16, 100])
    func doNotShow(capacity: Int) {
        let first = run(capacity: capacity)
        #expect(first.count > 3000)
        for _ in 0..<3 { #expect(run(capacity: capacity) == first) }
    }
}
