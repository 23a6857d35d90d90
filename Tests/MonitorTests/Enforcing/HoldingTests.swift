import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Records
import Testing

@testable import Monitor

/// What is held until it is known, as the one who keeps blocks has it in the kernel.
@Suite("Holding", .serialized)
struct HoldingTests {
    /// A host with a bridge on which devices are held; by a number that no device has, as rules only name it.
    private static func begun(_ change: (inout EnforcementSettings) -> Void = { _ in }) throws -> EnforcedHost {
        let host = try EnforcedHost()
        try host.run("/sbin/ip", "link", "add", "br0", "type", "bridge")
        var bridge = Interface(key: InterfaceKey(namespace: host.home, index: 90), name: "br0")
        bridge.kind = "bridge"
        host.learn(.interface(bridge))
        try host.begin { settings in
            settings.heldNetworks = [NamePattern("br0")]
            change(&settings)
        }
        return host
    }

    /// A device in the bridge whose other end nobody has seen.
    private static func addPort(_ index: UInt32, to host: EnforcedHost) {
        var device = Interface(key: InterfaceKey(namespace: host.home, index: index), name: "v-\(index)")
        device.kind = "veth"
        device.master = 90
        host.learn(.interface(device))
    }

    /// Puts a container's device into the bridge, as `EnforcedHost.add` numbers it.
    private static func connect(_ name: String, _ number: UInt32, on host: EnforcedHost) {
        let inside = NetworkNamespace(inode: UInt64(9100 + number))
        var device = Interface(key: InterfaceKey(namespace: host.home, index: 100 + number), name: "v-\(name)")
        device.kind = "veth"
        device.master = 90
        device.peer = InterfaceKey(namespace: inside, index: 2)
        host.learn(.interface(device))
    }

    @Test func aContainerIsLetThroughWhenWhatStopsItStands() async throws {
        // However long a busy machine takes: the device that is nobody's goes on waiting.
        let host = try Self.begun { $0.holdLongest = .seconds(600) }
        try await host.wait("it holds") { try host.ruleset().contains("hold_passing") }
        let block = try await host.block(["selector": ["name=shop*"], "to": ["192.0.2.7"]])
        #expect(block.state == .waiting)
        Self.addPort(180, to: host)
        try await host.wait("it waits") { host.enforcer?.held.waiting == 1 }
        try host.add("shop", 3)
        Self.connect("shop", 3, on: host)
        try await host.wait("it is let through") { host.enforcer?.held.released == 1 }
        let rules = try host.ruleset()
        #expect(rules.contains("\"v-shop\" . 192.0.2.7"))
        #expect(rules.contains("elements = { 103 }"), "\(rules)")
        #expect(host.enforcer?.held.waiting == 1)
        #expect(host.enforcer?.held.overdue == 0)
        #expect(host.written.of(.failsOpen).isEmpty)
    }

    @Test func whatIsNobodysIsToldOnce() async throws {
        let host = try Self.begun { $0.holdLongest = .seconds(1) }
        try await host.wait("it holds") { try host.ruleset().contains("hold_passing") }
        Self.addPort(180, to: host)
        try await host.wait("it is let through") { host.enforcer?.held.overdue == 1 }
        #expect(try host.ruleset().contains("elements = { 180 }"))
        let remarks = host.enforcer?.remarks.take() ?? []
        #expect(
            remarks.count { $0.contains("v-180 on br0 is let through after 1 s: no container is known behind it") } == 1
        )
    }

    @Test func panicAndAnOrderlyEndLetEverythingThrough() async throws {
        let host = try Self.begun()
        try await host.wait("it holds") { try host.ruleset().contains("hold_passing") }
        Self.addPort(180, to: host)
        guard case .done = try await host.ask(.panic(by: EnforcedHost.person)) else {
            throw EnforcedHost.Failure(description: "not let go")
        }
        #expect(try host.ruleset() == "")
        var settings = EnforcementSettings()
        settings.heldNetworks = [NamePattern("br0")]
        host.enforcer?.apply(settings)
        // Read anew, it holds what comes from then on.
        try await host.wait("it holds") { try host.ruleset().contains("elements = { 180 }") }
        let enforcer = try #require(host.enforcer)
        host.end()
        #expect(try host.ruleset() == "")
        #expect(enforcer.remarks.take().contains { $0.contains("nothing is held any more") })
    }
}
