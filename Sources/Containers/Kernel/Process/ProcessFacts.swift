package import Addressing

/// What the kernel tells of one process, of one moment.
package struct ProcessFacts: Hashable, Sendable {
    /// In the PID namespace of the reader's /proc.
    package var identifier: Int32
    /// 0 for those whose parent is in another PID namespace.
    package var parent: Int32
    /// At most 15 bytes, chosen by the process itself; bytes that are no UTF-8 are repaired.
    package var name: String
    /// When it started, in hundredths of a second since the system's start: with the identifier this tells it from any
    /// other process.
    package var startTicks: UInt64
    /// Whether it has ended and only waits for its parent. It has no namespaces any more.
    package var isZombie: Bool
    package var isKernelThread: Bool
    /// Nil when it may not be read (CAP_SYS_PTRACE lacks) and for zombies.
    package var namespace: NetworkNamespace?
    package var cgroups: CgroupMembership

    /// When it started; `clock` knows when the system did.
    package func started(by clock: ProcessClock) -> Timestamp { clock.moment(startTicks) }
}
