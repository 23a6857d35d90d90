import Glibc
import Synchronization

/// Whether a person or the system asked this process to end: SIGINT, SIGTERM.
///
/// Asked again after a while, it ends at once. What comes sooner is the same request: timeout(1) signals its child and then
/// the group the child is in, and sudo hands on what the terminal has sent as well.
enum Interrupt {
    /// When it was asked first, in nanoseconds of CLOCK_MONOTONIC; 0 for never.
    private static let first = Atomic<Int64>(0)

    /// How much later it is asked again in earnest, in nanoseconds.
    private static var pause: Int64 { 500_000_000 }

    /// Takes these signals over.
    static func watch() {
        // Made here, as nothing may be made in a handler.
        first.store(0, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { Interrupt.take($0) }
        }
    }

    /// Whether it was asked to read its configuration anew, and did not yet: SIGHUP, for those that `watchReload`.
    private static let reload = Atomic<Bool>(false)

    static func watchReload() {
        reload.store(false, ordering: .relaxed)
        signal(SIGHUP) { _ in Interrupt.reload.store(true, ordering: .relaxed) }
    }

    /// As a signal does.
    static func askReload() { reload.store(true, ordering: .relaxed) }

    /// Whether that was asked for since it was taken last.
    static func takeReload() -> Bool { reload.exchange(false, ordering: .relaxed) }

    static var isThere: Bool { first.load(ordering: .relaxed) != 0 }

    /// In the handler: only what signal-safety(7) allows.
    private static func take(_ number: Int32) {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let now = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        let before = first.load(ordering: .relaxed)
        if before == 0 {
            first.store(now, ordering: .relaxed)
        } else if now - before > pause {
            signal(number, SIG_DFL)
            raise(number)
        }
    }
}
