import CLinux

/// How a process that runs for months has the C library keep its free memory.
enum AgentMemory {
    /// Where each thread has a heap of its own, what one freed is of no use to another, and each keeps its highest level: after a busy hour
    /// they held half as much again as was used. To be called before the second thread is made.
    static func keepSmall() { CLinux_keepHeaps(heaps, largeBlock) }

    private static var heaps: Int32 { 2 }
    /// Bytes from which on a block comes from the kernel and goes back to it.
    private static var largeBlock: Int32 { 256 << 10 }
}
