import Addressing
import Capture
import Glibc
import Support
import Testing

/// What becomes of a capture whose device goes down or away.
@Suite("Live capture's end", .enabled(if: LiveNamespace.isPossible, LiveNamespace.reason))
struct LiveEndingTests {
    private static let frames = (0..<100).map { number in
        PacketBuilder.datagram(from: .host(1), UInt16(number), to: .host(2), 9, [])
    }

    @Test func losesNothingOfADeviceThatIsDeleted() throws {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture("v1")
        try namespace.send(Self.frames)
        try namespace.ip("link del v0")
        #expect(try capture.packets(.max).map(\.bytes) == Self.frames)
        #expect(capture.ending == .gone)
        #expect(try !capture.advance())
        let left = capture.batch.frames.count
        #expect(left == 0)
        #expect(capture.statistics().received == 100)
    }

    @Test func deliversWhatTheKernelStillHeldBack() throws {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture("v1") { $0.delay = .milliseconds(200) }
        try namespace.send(Self.frames)
        // The device is gone long before the kernel hands the block over.
        try namespace.ip("link del v0")
        #expect(try capture.packets(.max).count == 100)
        #expect(capture.ending == .gone)
    }

    @Test func isNotifiedOfAnIdleDeviceThatIsDeleted() throws {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture("v1")
        #expect(try capture.rest().isEmpty)
        try namespace.ip("link del v0")
        var request = pollfd(fd: capture.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(unsafe poll(&request, 1, 5000) == 1)
        #expect(try capture.packets(1).isEmpty)
        #expect(capture.ending == .gone)
    }

    @Test func waitsForADeviceThatIsDownAndTakesUpAgain() throws {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture("v1")
        try namespace.ip("link set v1 down")
        #expect(try capture.rest().isEmpty)
        let (wasDown, wasPatient) = (capture.isDown, capture.patience)
        #expect(wasDown && wasPatient > 0)
        try namespace.ip("link set v1 up")
        // Up is not seen before it is looked at.
        #expect(try capture.rest().isEmpty)
        let (isDown, isPatient) = (capture.isDown, capture.patience)
        #expect(!isDown && isPatient == -1)
        try namespace.send(Self.frames)
        #expect(try capture.packets(100).count == 100)
        #expect(capture.ending == nil)
    }

    @Test func noticesThatADeviceThatWasDownIsDeleted() throws {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture("v1")
        try namespace.ip("link set v1 down")
        #expect(try capture.rest().isEmpty)
        try namespace.ip("link del v0")
        #expect(try capture.packets(1).isEmpty)
        #expect(capture.ending == .gone)
    }

    @Test func isGoneWhenTheDeviceMovesToAnotherNamespace() throws {
        let namespace = try LiveNamespace()
        let other = try LiveNamespace()
        var capture = try namespace.capture("v1")
        try namespace.send(Self.frames)
        try namespace.ip("link set v1 name x1 netns \(other.path)")
        #expect(try capture.packets(.max).count == 100)
        #expect(capture.ending == .gone)
    }

    @Test func staysWithADeviceThatIsRenamed() throws {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture("v1")
        try namespace.ip("link set v1 down")
        #expect(try capture.rest().isEmpty)
        try namespace.ip("link set v1 name x1 up")
        #expect(try capture.rest().isEmpty)
        try namespace.send(Self.frames)
        #expect(try capture.packets(100).map(\.bytes) == Self.frames)
        try namespace.ip("link del v0")
        #expect(try capture.packets(1).isEmpty)
        #expect(capture.ending == .gone)
    }

    @Test func isAnotherDeviceWhenTheNameComesAgain() throws {
        let namespace = try LiveNamespace()
        var capture = try namespace.capture("v1")
        try namespace.ip("link del v0")
        try namespace.ip("link add v0 type veth peer name v1")
        #expect(try capture.packets(1).isEmpty)
        #expect(capture.ending == .gone)
    }
}
