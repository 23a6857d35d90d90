package import Addressing
import Glibc

/// The clock that packets' times are taken from, too. Only Monitor reads one.
package enum Clock {
    /// CLOCK_REALTIME, clock_gettime(2).
    package static var now: Timestamp {
        Timestamp(nanoseconds: read(CLOCK_REALTIME))
    }

    /// CLOCK_MONOTONIC, in nanoseconds: what nobody sets.
    package static var monotonic: Int64 { read(CLOCK_MONOTONIC) }

    /// The same with the time that the machine slept, through which `now` goes on: CLOCK_BOOTTIME.
    static var sinceBoot: Int64 { read(CLOCK_BOOTTIME) }

    /// The monotonic clock as a moment, for what is due after a while: set the other clock back, and that would wait as long.
    static var steady: Timestamp { Timestamp(nanoseconds: monotonic) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Timestamp {
    func adding(_ duration: Int64) -> Timestamp { Timestamp(nanoseconds: nanoseconds &+ duration) }
}
