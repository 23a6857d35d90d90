import Addressing

/// When something is due. Time stamps of hostile captures reach from end to end, so that nothing here overflows.
enum Deadline {
    /// `seconds` after `time`, in nanoseconds; the end of time when that is beyond it.
    static func after(_ time: Int64, seconds: Int64) -> Int64 {
        let (nanoseconds, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if isTooLong { return .max }
        let (deadline, isTooLate) = time.addingReportingOverflow(nanoseconds)
        return isTooLate ? .max : deadline
    }

    /// The first whole second at which `time` is over or just now.
    static func second(atOrAfter time: Int64) -> Int64 {
        let second = Timestamp(nanoseconds: time).seconds
        return second &* 1_000_000_000 == time ? second : second + 1
    }
}
