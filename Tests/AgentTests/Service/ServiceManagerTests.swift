import Glibc
import Testing

@testable import Agent

@Suite("Service manager")
struct ServiceManagerTests {
    private static func manager(_ environment: [String: String]) -> ServiceManager {
        ServiceManager { environment[$0] }
    }

    @Test(arguments: [false, true]) func isToldInItsOwnWords(abstract: Bool) throws {
        let listener = try DatagramListener(abstract: abstract)
        let manager = Self.manager(["NOTIFY_SOCKET": listener.name])
        #expect(manager.isPresent)
        manager.ready()
        #expect(listener.next() == ["READY=1"])
        manager.ready("watches 12 interfaces")
        #expect(listener.next() == ["READY=1", "STATUS=watches 12 interfaces"])
        manager.status("12 flows")
        #expect(listener.next() == ["STATUS=12 flows"])
        manager.alive()
        #expect(listener.next() == ["WATCHDOG=1"])
        manager.stopping("ends all flows")
        #expect(listener.next() == ["STOPPING=1", "STATUS=ends all flows"])
        manager.stopping()
        #expect(listener.next() == ["STOPPING=1"])
    }

    @Test func isToldWhenReloadingBegan() throws {
        let listener = try DatagramListener(abstract: true)
        func now() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
        }
        let before = now()
        Self.manager(["NOTIFY_SOCKET": listener.name]).reloading()
        let said = try #require(listener.next())
        #expect(said.count == 2 && said[0] == "RELOADING=1")
        let time = try #require(said[1].firstMatch(of: /^MONOTONIC_USEC=(\d+)$/).flatMap { Int($0.1) })
        #expect(before...now() ~= time)
    }

    /// A line of its own would be an assignment of its own.
    @Test func cannotBeToldMoreThanAStatus() throws {
        let listener = try DatagramListener(abstract: true)
        let manager = Self.manager(["NOTIFY_SOCKET": listener.name])
        manager.status("a\nMAINPID=1\r\n\u{0}b\u{85}c\u{2028}d\u{1b}[1mé")
        #expect(listener.next() == ["STATUS=a MAINPID=1   b c d [1mé"])
    }

    @Test func isToldNoMoreThanItTakes() throws {
        let listener = try DatagramListener(abstract: true)
        let manager = Self.manager(["NOTIFY_SOCKET": listener.name])
        manager.status(String(repeating: "é", count: 10_000))
        #expect(listener.next() == ["STATUS=" + String(repeating: "é", count: 512)])
    }

    @Test func isNotThereWithoutAnAddress() {
        #expect(!Self.manager([:]).isPresent)
        for name in ["", "@", "/", "relative", "vsock:2:1234", "/" + String(repeating: "x", count: 107)] {
            #expect(!Self.manager(["NOTIFY_SOCKET": name]).isPresent, "\(name)")
        }
        #expect(Self.manager(["NOTIFY_SOCKET": "@" + String(repeating: "x", count: 106)]).isPresent)
        Self.manager([:]).ready("to nobody")
    }

    @Test func nothingHappensWhereNobodyListens() throws {
        for name in ["/tmp/portolan-notify-nobody", "@portolan-notify-nobody", "/nowhere/at/all"] {
            Self.manager(["NOTIFY_SOCKET": name]).ready()
        }
        var listener: DatagramListener? = try DatagramListener(abstract: false)
        let manager = Self.manager(["NOTIFY_SOCKET": try #require(listener?.name)])
        manager.ready()
        listener = nil
        manager.ready()
    }

    /// The kernel holds a few datagrams; whoever does not read them keeps nobody.
    @Test func isNotWaitedFor() throws {
        let listener = try DatagramListener(abstract: true)
        let manager = Self.manager(["NOTIFY_SOCKET": listener.name])
        let start = ContinuousClock.now
        for _ in 0..<5000 { manager.alive() }
        #expect(ContinuousClock.now - start < .seconds(10))
        var count = 0
        while listener.next(waiting: false) != nil { count += 1 }
        #expect(count > 0 && count < 5000)
        manager.alive()
        #expect(listener.next() == ["WATCHDOG=1"])
    }

    @Test func leavesNoDescriptorOpen() throws {
        let listener = try DatagramListener(abstract: true)
        let manager = Self.manager(["NOTIFY_SOCKET": listener.name])
        for _ in 0..<5000 { manager.alive() }
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        // Descriptors are given from the lowest on.
        #expect(descriptor >= 0 && descriptor < 4000)
    }

    @Test func saysHowOftenItWantsToHear() {
        let ours = String(getpid())
        #expect(Self.manager(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": ours]).watchdogInterval == .seconds(30))
        #expect(Self.manager(["WATCHDOG_USEC": "500000"]).watchdogInterval == .milliseconds(500))
        #expect(Self.manager(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]).watchdogInterval == nil)
        #expect(Self.manager(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "x"]).watchdogInterval == nil)
        #expect(Self.manager(["WATCHDOG_PID": ours]).watchdogInterval == nil)
        for wrong in ["", "0", "-1", "1s", "99999999999999999999"] {
            #expect(Self.manager(["WATCHDOG_USEC": wrong]).watchdogInterval == nil, "\(wrong)")
        }
    }
}
