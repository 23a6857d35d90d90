import Addressing
import Containers
import Enforcement
import Testing

@testable import Monitor

/// Who is let through, and when, in values.
@Suite("Ports that are held")
struct HeldPortsTests {
    private static let host = NetworkNamespace(inode: 1)
    private static let until = Timestamp(nanoseconds: 0)
    private static let second: Int64 = 1_000_000_000

    /// A bridge with some ports, of which some lead to containers.
    private static func inventory(
        _ ports: UInt32...,
        containers: Set<UInt32> = [],
        sandboxes: Set<UInt32> = []
    )
        -> Inventory
    {
        var place = NamespaceInventory(namespace: host)
        place.isHost = true
        var bridge = Interface(key: InterfaceKey(namespace: host, index: 2), name: "br0")
        bridge.kind = "bridge"
        place.interfaces = [InterfaceInventory(bridge)]
        var inventory = Inventory()
        for index in ports {
            var device = Interface(key: InterfaceKey(namespace: host, index: index), name: "v\(index)")
            device.kind = "veth"
            device.master = 2
            place.interfaces.append(InterfaceInventory(device))
            guard containers.contains(index) || sandboxes.contains(index) else { continue }
            let inside = NetworkNamespace(inode: UInt64(100 + index))
            var own = InterfaceInventory(Interface(key: InterfaceKey(namespace: inside, index: 2), name: "eth0"))
            own.peer = device
            own.addresses = [.init(.v4(IPv4Address(bits: 0x0a00_0000 | index)), prefixLength: 24)]
            var behind = NamespaceInventory(namespace: inside)
            behind.interfaces = [own]
            var container = Container(key: ContainerKey(identifier: "c\(index)", generation: 1))
            container.description.isSandbox = sandboxes.contains(index)
            behind.containers = [ContainerInventory(container, since: until)]
            inventory.namespaces.append(behind)
        }
        inventory.namespaces.append(place)
        return inventory
    }

    private static func begun(_ inventory: Inventory, standing: [NetworkNamespace: Set<UInt32>] = [:]) -> HeldPorts {
        var ports = HeldPorts()
        ports.apply([NamePattern("br0")], longest: .seconds(10))
        _ = ports.plan(inventory, standing: standing, until: until, elapsed: 0)
        return ports
    }

    private static func passing(_ ports: inout HeldPorts, _ inventory: Inventory, at elapsed: Int64 = 0) -> Set<UInt32>?
    {
        ports.plan(inventory, until: until, elapsed: elapsed)?.locals[host]?.passing
    }

    @Test func whoWasThereBeforeGoesOnAndWhoComesWaits() {
        var ports = Self.begun(Self.inventory(5, 6))
        #expect(Self.passing(&ports, Self.inventory(5, 6, 7)) == [5, 6])
        #expect(ports.waitingCount == 1)
        let known = Self.inventory(5, 6, 7, containers: [7])
        let ready = ports.ready(known, needsDescription: false, elapsed: 5)
        #expect(ready.map(\.port.device.name) == ["v7"])
        #expect(ready.map(\.lacking) == [nil])
        // Not before the kernel has it.
        #expect(Self.passing(&ports, known) == [5, 6])
        for release in ready { ports.release(release.port.device.key) }
        #expect(Self.passing(&ports, known) == [5, 6, 7])
        #expect(ports.waitingCount == 0)
        // Who has gone is forgotten, and his number, which no other device gets.
        #expect(Self.passing(&ports, Self.inventory(5)) == [5])
    }

    @Test func whatAnAgentBeforeThisOneHeldIsHeldOn() {
        var ports = Self.begun(Self.inventory(5, 6), standing: [Self.host: [5, 9]])
        #expect(Self.passing(&ports, Self.inventory(5, 6)) == [5])
        #expect(ports.waitingCount == 1)
    }

    @Test func whatIsNobodysIsHeldForItsTime() {
        var ports = Self.begun(Self.inventory())
        let inventory = Self.inventory(7)
        _ = Self.passing(&ports, inventory, at: Self.second)
        #expect(ports.ready(inventory, needsDescription: false, elapsed: 10 * Self.second).isEmpty)
        let ready = ports.ready(inventory, needsDescription: false, elapsed: 11 * Self.second)
        #expect(ready.map(\.lacking) == [.nobody])
        #expect(ready.map(\.held) == [10 * Self.second])
    }

    /// Where the kernel refuses what shall stand, nobody is cut off for ever.
    @Test func whoIsKnownWaitsForWhatStopsHimAndNotForEver() {
        var ports = Self.begun(Self.inventory())
        let inventory = Self.inventory(7, containers: [7])
        _ = Self.passing(&ports, inventory)
        func ready(_ failing: UInt64, at second: Int64) -> [HeldPorts.Release] {
            ports.ready(
                inventory,
                needsDescription: false,
                failing: [NetworkNamespace(inode: failing)],
                elapsed: second * Self.second
            )
        }
        // The bridge's namespace, and that of the container itself; what happens elsewhere is no matter.
        for failing in [1, 107] as [UInt64] { #expect(ready(failing, at: 9).isEmpty) }
        #expect(ready(1, at: 19).map(\.lacking) == [.known])
        #expect(ready(108, at: 9).map(\.lacking) == [nil])
        #expect(ports.ready(inventory, needsDescription: false, elapsed: 10 * Self.second).map(\.lacking) == [nil])
    }

    /// The time of a container begins when it comes, however long its device was there before.
    @Test func aSandboxWaitsForItsContainer() {
        var ports = Self.begun(Self.inventory())
        let empty = Self.inventory(7, sandboxes: [7])
        _ = Self.passing(&ports, empty)
        for elapsed in [5, 50, 500] as [Int64] {
            #expect(ports.ready(empty, needsDescription: true, elapsed: elapsed * Self.second).isEmpty)
        }
        let full = Self.inventory(7, containers: [7])
        #expect(ports.ready(full, needsDescription: true, elapsed: 505 * Self.second).isEmpty)
        #expect(ports.ready(full, needsDescription: true, elapsed: 514 * Self.second).isEmpty)
        #expect(
            ports.ready(full, needsDescription: true, elapsed: 515 * Self.second).map(\.lacking) == [.notDescribed]
        )
        #expect(ports.ready(full, needsDescription: false, elapsed: 506 * Self.second).map(\.lacking) == [nil])
    }

    @Test func anotherBridgeThatIsNamedLaterBeginsWithWhoIsThere() {
        var ports = HeldPorts()
        ports.apply([NamePattern("br9")], longest: .seconds(10))
        #expect(Self.passing(&ports, Self.inventory(5)) == nil)
        ports.apply([NamePattern("br0")], longest: .seconds(10))
        #expect(Self.passing(&ports, Self.inventory(5)) == [5])
        #expect(Self.passing(&ports, Self.inventory(5, 6)) == [5])
        // Read anew, and the same: who waits goes on waiting.
        ports.apply([NamePattern("br0")], longest: .seconds(10))
        #expect(Self.passing(&ports, Self.inventory(5, 6)) == [5])
        ports.apply([NamePattern("br*")], longest: .seconds(10))
        #expect(Self.passing(&ports, Self.inventory(5, 6)) == [5])
    }
}
