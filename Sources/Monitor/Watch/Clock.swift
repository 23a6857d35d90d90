package import Addressing
import Glibc

/// The clock that packets' times are taken from, too. Only Monitor reads one.
package enum Clock {
    /// CLOCK_REALTIME, clock_gettime(2).
    package static var now: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// CLOCK_MONOTONIC, in nanoseconds: what nobody sets.
    package static var monotonic: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Timestamp {
    func adding(_ duration: Int64) -> Timestamp { Timestamp(nanoseconds: nanoseconds &+ duration) }
}
