import CPcap

/// Adds up what libpcap counts in 32 bits, so that it never goes back to 0.
///
/// pcap_stats(3PCAP). Of its three numbers the third, `ps_ifdrop`, is not used: without promiscuous mode it is 0 for not
/// known, it may be that of another namespace's device, and it falls when the device goes away.
struct LossCounter {
    private(set) var statistics = LiveStatistics()
    private var lastReceived: UInt32 = 0
    private var lastDropped: UInt32 = 0
    private var calls: UInt32 = 0

    /// Asks now and then, long before 2^32 packets can have passed: a call takes up to 64 of them.
    @inline(__always) mutating func noteCall(on handle: borrowing LiveHandle) {
        calls &+= 1
        if calls & 0xffff == 0 { update(from: handle) }
    }

    /// Asks the kernel; what it cannot say stays as it was.
    @inline(never) mutating func update(from handle: borrowing LiveHandle) {
        var counts = pcap_stat()
        guard unsafe pcap_stats(handle.pointer, &counts) == 0 else { return }
        add(received: counts.ps_recv, dropped: counts.ps_drop)
    }

    mutating func add(received: UInt32, dropped: UInt32) {
        statistics.received = (statistics.received ?? 0) &+ UInt64(received &- lastReceived)
        statistics.dropped = (statistics.dropped ?? 0) &+ UInt64(dropped &- lastDropped)
        lastReceived = received
        lastDropped = dropped
    }
}
