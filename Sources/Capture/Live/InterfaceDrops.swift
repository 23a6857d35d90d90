import CLinux
import Glibc

/// What a device's driver says it lost, held open from when the capture began: a later device of that name is another one.
///
/// /sys/class/net shows the devices of the namespace it was mounted in, whichever the thread stands in. So it is believed
/// only of a device with the same index and hardware address as the one captured on.
@safe struct InterfaceDrops: ~Copyable {
    private let missed: Int32
    private let overrun: Int32
    private let before: UInt64
    private var last: UInt64 = 0

    /// `nil` when the device's counters cannot be known. `descriptor` is any socket in its namespace, which must be the
    /// calling thread's; `root` is where devices are described.
    init?(interface: String, descriptor: Int32, root: String = "/sys/class/net") {
        let folder = "\(root)/\(interface)/"
        var address: [UInt8] = [0, 0, 0, 0, 0, 0]
        guard !interface.contains("/"), unsafe CLinux_hardwareAddress(descriptor, interface, &address),
            address.contains(where: { $0 != 0 }),
            Self.text(folder + "address") == Self.text(of: address),
            unsafe Self.text(folder + "ifindex") == String(if_nametoindex(interface))
        else { return nil }
        let missed = unsafe open(folder + "statistics/rx_missed_errors", O_RDONLY | O_CLOEXEC)
        let overrun = unsafe open(folder + "statistics/rx_fifo_errors", O_RDONLY | O_CLOEXEC)
        guard let lost = Self.number(missed), let more = Self.number(overrun) else {
            if missed >= 0 { close(missed) }
            if overrun >= 0 { close(overrun) }
            return nil
        }
        self.missed = missed
        self.overrun = overrun
        before = lost &+ more
    }

    deinit {
        close(missed)
        close(overrun)
    }

    /// Packets lost since this was made; once the device is gone, those that were known last.
    mutating func count() -> UInt64 {
        if let lost = Self.number(missed), let more = Self.number(overrun) { last = (lost &+ more) &- before }
        return last
    }

    /// A counter's value now; every read at offset 0 asks the kernel again. It fails when the device is gone.
    private static func number(_ descriptor: Int32) -> UInt64? {
        guard descriptor >= 0 else { return nil }
        return read(descriptor).flatMap { UInt64($0) }
    }

    private static func text(_ path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return read(descriptor)
    }

    private static func read(_ descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0, let line = bytes[..<count].split(separator: 0x0a).first else { return nil }
        return String(decoding: line, as: UTF8.self)
    }

    /// As sysfs writes it.
    private static func text(of address: [UInt8]) -> String {
        address.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }
}
