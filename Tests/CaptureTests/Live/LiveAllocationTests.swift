import Addressing
import AllocationCount
import Capture
import Glibc
import Support
import Testing

/// A packet costs no memory: not in libpcap, not in the callback, not in the batch.
@Suite("Live allocations", .enabled(if: AllocationCount_isAvailable(), "a sanitizer has malloc(3) for itself"))
struct LiveAllocationTests {
    /// How many packets were taken, and how often memory was asked for meanwhile.
    private func take(_ sent: Int, _ interface: String) throws -> (packets: Int, allocations: UInt64) {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture(interface) { $0.bufferSize = 64 << 20 }
        let frame = PacketBuilder.datagram(from: .host(1), 1, to: .host(2), 9, [UInt8](repeating: 1, count: 100))
        try namespace.send([[UInt8]](repeating: frame, count: sent))
        // The last block is handed over when its time is up.
        usleep(100_000)
        let before = AllocationCount_ofThread()
        var packets = 0
        while try capture.advance() { packets += capture.batch.frames.count }
        return (packets, AllocationCount_ofThread() - before)
    }

    // Code that is not optimized asks for memory everywhere, so this exists in a release build only; `make test` makes one.
    #if !DEBUG
    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason), arguments: ["v1", "any"])
    func areNoneForPackets(interface: String) throws {
        let (packets, allocations) = try take(20_000, interface)
        #expect(packets == (interface == "any" ? 40_000 : 20_000))
        #expect(allocations == 0)
    }
    #endif
}
