import Glibc
import Synchronization

/// Whether a person or the system asked this process to end: SIGINT, SIGTERM.
enum Interrupt {
    /// When, in seconds of the monotonic clock; 0 for not yet.
    private static let first = Atomic<Int>(0)

    /// Takes these signals over. One that comes more than a second after the first ends the process at once; timeout(1), for
    /// one, sends two at a time.
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                var now = timespec()
                unsafe clock_gettime(CLOCK_MONOTONIC, &now)
                let second = max(1, now.tv_sec)
                let (_, before) = Interrupt.first.compareExchange(expected: 0, desired: second, ordering: .relaxed)
                if before != 0, second > before + 1 { _exit(128 + number) }
            }
        }
    }

    static var isThere: Bool { first.load(ordering: .relaxed) != 0 }
}
