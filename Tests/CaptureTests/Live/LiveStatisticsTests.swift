import Foundation
import Glibc
import Privilege
import Testing

@testable import Capture

@Suite("Live statistics")
struct LiveStatisticsTests {
    @Test func goOnWhereThirtyTwoBitsEnd() {
        var losses = LossCounter()
        #expect(losses.statistics == LiveStatistics())
        losses.add(received: 4_294_967_290, dropped: 1)
        losses.add(received: 10, dropped: 0)
        losses.add(received: 10, dropped: 0)
        #expect(losses.statistics.received == 4_294_967_306)
        #expect(losses.statistics.dropped == 1 << 32)
    }

    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason), arguments: ["v1", "any", "lo"])
    func doNotKnowWhatInterfacesOfAnotherNamespaceLost(interface: String) throws {
        let namespace = try LiveNamespace()
        try namespace.ip("link set lo up")
        // /sys shows the namespace the tests were started in; a v1 there would be another device.
        var capture = try namespace.capture(interface)
        let statistics = capture.statistics()
        #expect(statistics == LiveStatistics(received: 0, dropped: 0, droppedByInterface: nil))
    }

    /// A folder as /sys/class/net is one, with a device v1 in it.
    private final class Devices {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("devices-\(UUID().uuidString)")

        init(index: UInt32, address: String = "02:00:00:00:00:02") throws {
            try FileManager.default.createDirectory(
                at: root.appendingPathComponent("v1/statistics"),
                withIntermediateDirectories: true
            )
            try write("ifindex", "\(index)")
            try write("address", address)
            try lose(missed: "3", overrun: "4")
        }

        deinit {
            try? FileManager.default.removeItem(at: root)
        }

        func write(_ name: String, _ text: String) throws {
            // Not by way of another file: a counter of the kernel is read again, not opened again.
            try "\(text)\n".write(to: root.appendingPathComponent("v1/\(name)"), atomically: false, encoding: .utf8)
        }

        func lose(missed: String, overrun: String) throws {
            try write("statistics/rx_missed_errors", missed)
            try write("statistics/rx_fifo_errors", overrun)
        }
    }

    private func counts(_ namespace: LiveNamespace, _ devices: Devices, _ change: () throws -> Void) throws -> [UInt64]?
    {
        let capture = try namespace.capture("v1")
        let opened = namespace.thread.perform { () -> InterfaceDrops? in
            InterfaceDrops(interface: "v1", descriptor: capture.descriptor, root: devices.root.path)
        }
        guard var drops = consume opened else { return nil }
        let before = drops.count()
        try change()
        return [before, drops.count()]
    }

    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason))
    func countWhatTheDeviceLostSinceTheyBegan() throws {
        let namespace = try LiveNamespace()
        let devices = try Devices(index: namespace.index("v1"))
        let counts = try counts(namespace, devices) { try devices.lose(missed: "10", overrun: "5") }
        #expect(counts == [0, 8])
    }

    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason))
    func keepWhatWasKnownLast() throws {
        let namespace = try LiveNamespace()
        let devices = try Devices(index: namespace.index("v1"))
        #expect(try counts(namespace, devices) { try devices.lose(missed: "", overrun: "x") } == [0, 0])
    }

    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason))
    func believeNoOtherDeviceOfThatName() throws {
        let namespace = try LiveNamespace()
        let other = try Devices(index: namespace.index("v1") + 1)
        #expect(try counts(namespace, other) {} == nil)
        let another = try Devices(index: namespace.index("v1"), address: "02:00:00:00:00:03")
        #expect(try counts(namespace, another) {} == nil)
    }
}
