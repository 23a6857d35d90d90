import CLinux
import Capture
import Foundation
import Glibc
import Privilege
import Testing

/// A network namespace of a test's own, with no way out of it, and a thread that stands in it.
final class LiveNamespace {
    /// For suites' conditions.
    static let isPossible = geteuid() == 0
    static let reason: Comment = "needs root, for network namespaces of its own"

    let thread: PrivilegedThread
    /// The thread's number: as long as it lives, its namespace has a path.
    private let identifier: Int32
    private var senders: [String: LiveSender] = [:]

    /// The pair of devices v0 and v1, both up, without addresses.
    init() throws {
        thread = try PrivilegedThread()
        identifier = try thread.perform { () throws(Failure) -> Int32 in
            guard CLinux_newNetworkNamespace() == 0 else { throw Failure(what: "unshare: \(errno)") }
            return CLinux_threadIdentifier()
        }
        // Nothing speaks here but the test: no neighbour or router solicitations, no multicast reports.
        try thread.perform { () throws -> Void in
            for name in ["all", "default"] {
                try "1".write(
                    toFile: "/proc/sys/net/ipv6/conf/\(name)/disable_ipv6",
                    atomically: false,
                    encoding: .utf8
                )
            }
        }
        try ip("link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02")
        try ip("link set v0 up")
        try ip("link set v1 up")
    }

    deinit {
        thread.end()
    }

    struct Failure: Error {
        var what: String
    }

    /// Where its namespace can be found.
    var path: String { "/proc/\(getpid())/task/\(identifier)/ns/net" }

    /// Runs ip(8) in the namespace.
    func ip(_ line: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["nsenter", "--net=\(path)", "ip"] + line.split(separator: " ").map(String.init)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(what: "ip \(line)") }
    }

    /// Opens a capture in the namespace.
    func capture(
        _ interface: String,
        number: UInt32 = 0,
        _ change: (inout LiveOptions) -> Void = { _ in }
    ) throws(LiveCaptureError) -> LiveCapture {
        var options = LiveOptions()
        change(&options)
        let asked = options
        return try thread.perform { () throws(LiveCaptureError) -> LiveCapture in
            try LiveCapture(interface: interface, options: asked, number: number)
        }
    }

    /// The kernel's number of a device.
    func index(_ name: String) -> UInt32 { thread.perform { unsafe if_nametoindex(name) } }

    /// Sends frames out of a device, as they are.
    func send(_ frames: [[UInt8]], from device: String = "v0") throws {
        let known = senders[device] ?? thread.perform { LiveSender(device: device) }
        guard let sender = known else { throw Failure(what: "open \(device)") }
        senders[device] = sender
        for frame in frames where !sender.send(frame) { throw Failure(what: "send \(frame.count) bytes") }
    }
}

extension LiveCapture {
    /// Takes what comes until there are `count` packets or it ends, waiting as a program would; at most 10 s.
    mutating func packets(_ count: Int) throws -> [Reading.Packet] {
        var packets: [Reading.Packet] = []
        let end = ContinuousClock.now + .seconds(10)
        while packets.count < count, ending == nil, ContinuousClock.now < end {
            if try advance() {
                packets += copy(batch)
            } else {
                var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let patience = patience
                _ = unsafe poll(&request, 1, patience < 0 ? 200 : min(patience, 200))
            }
        }
        return packets
    }

    /// What still comes within a while that is long against the kernel's delay.
    mutating func rest() throws -> [Reading.Packet] {
        var packets: [Reading.Packet] = []
        for _ in 0..<10 {
            usleep(10_000)
            while try advance() { packets += copy(batch) }
        }
        return packets
    }
}
