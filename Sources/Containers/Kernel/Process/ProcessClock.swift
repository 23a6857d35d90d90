package import Addressing
import Glibc

/// When the system started: what turns the kernel's ticks into moments. proc_stat(5), proc_uptime(5).
package struct ProcessClock: Hashable, Sendable {
    /// The system's start.
    package let boot: Timestamp

    package init(boot: Timestamp) {
        self.boot = boot
    }

    /// From `now` and the running time: right to two hundredths of a second.
    package init(now: Timestamp, root: String = "/proc") throws(KernelFileError) {
        let path = root + "/uptime"
        let text = try KernelFile.read(path, limit: 4096)
        // Seconds and hundredths, as in "350735.47 234388.90".
        let digits = text.prefix { $0 != UInt8(ascii: " ") }
        guard let point = digits.firstIndex(of: UInt8(ascii: ".")), digits.endIndex - point == 3,
            let ticks = UInt64(decimal: digits[..<point] + digits[(point + 1)...])
        else { throw KernelFileError(path: path, code: EINVAL) }
        boot = Timestamp(nanoseconds: now.nanoseconds &- Self.nanoseconds(ticks))
    }

    /// From the whole second that the kernel names: right to one second.
    package init(root: String = "/proc") throws(KernelFileError) {
        let path = root + "/stat"
        // The interrupts' line before it may be long on large machines.
        let text = try KernelFile.read(path, limit: 1 << 20)
        guard let start = text.lastStart(of: "\nbtime "),
            let seconds = UInt64(decimal: text[(start + 7)...].prefix { $0.isDigit }), seconds < 9_000_000_000
        else { throw KernelFileError(path: path, code: EINVAL) }
        boot = Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
    }

    /// The moment `ticks` hundredths of a second after the start.
    package func moment(_ ticks: UInt64) -> Timestamp {
        Timestamp(nanoseconds: boot.nanoseconds &+ Self.nanoseconds(ticks))
    }

    /// A tick is 10 ms. What no clock can have reached counts as 100 years, so that nothing overflows.
    private static func nanoseconds(_ ticks: UInt64) -> Int64 { Int64(min(ticks, 315_360_000_000)) * 10_000_000 }
}
