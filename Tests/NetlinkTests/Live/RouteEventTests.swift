import Addressing
import Glibc
import Testing

@testable import Netlink

@Suite("Events of a real kernel") struct RouteEventTests {
    /// Reads what waits. What the kernel was told by ip(8) before is there by then: it tells within the request.
    static func all(_ events: inout RouteEvents) throws -> [RouteEvent] {
        var all: [RouteEvent] = []
        while try events.receive({ all.append($0) }) {}
        return all
    }

    @Test func tellOfTheirOwnNamespace() throws {
        let space = try TestNamespace()
        var events = try space.perform { () throws(NetlinkError) in try RouteEvents([.routes, .neighbours]) }
        #expect(try Self.all(&events).isEmpty)
        try space.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        try space.ip("link", "set", "v0", "up")
        try space.ip("address", "add", "10.1.0.1/16", "dev", "v0")
        try space.ip("neighbour", "add", "10.1.0.2", "lladdr", "02:00:00:00:00:09", "dev", "v0")
        try space.ip("address", "delete", "10.1.0.1/16", "dev", "v0")
        try space.ip("link", "delete", "v0")
        let all = try Self.all(&events)
        #expect(all.allSatisfy { $0.namespaceIdentifier == nil })
        var seen: Set<String> = []
        for event in all {
            switch event.change {
            case .link(let link): seen.insert("+\(link.name)\(link.isUp ? " up" : "")")
            case .linkGone(let link): seen.insert("-\(link.name)")
            case .address(let address): seen.insert("+\(address.address)/\(address.prefixLength)")
            case .addressGone(let address): seen.insert("-\(address.address)/\(address.prefixLength)")
            case .route(let route): seen.insert("+route \(route.destination)/\(route.prefixLength)")
            case .routeGone(let route): seen.insert("-route \(route.destination)/\(route.prefixLength)")
            case .neighbour(let entry): if let address = entry.destination { seen.insert("+neighbour \(address)") }
            default: break
            }
        }
        let wanted: Set = [
            "+v0", "+v1", "+v0 up", "+10.1.0.1/16", "-10.1.0.1/16", "+route 10.1.0.0/16", "+neighbour 10.1.0.2",
            "-route 10.1.0.0/16", "-v0", "-v1",
        ]
        #expect(seen.isSuperset(of: wanted), "\(wanted.subtracting(seen))")
        #expect(events.losses == 0)
    }

    @Test func tellOfAnAddressInAnotherNamespace() throws {
        let near = try TestNamespace()
        let far = try TestNamespace()
        var events = try near.perform { () throws(NetlinkError) in try RouteEvents() }
        let identifier = try near.number(of: far)
        try far.ip("address", "add", "127.9.9.9/32", "dev", "lo")
        let all = try Self.all(&events)
        #expect(
            all.contains {
                if case .namespaceIdentifier(let message) = $0.change {
                    message.identifier == identifier
                } else {
                    false
                }
            }
        )
        let address = all.first {
            if case .address(let message) = $0.change { message.address.description == "127.9.9.9" } else { false }
        }
        #expect(address?.namespaceIdentifier == identifier)
    }

    @Test func aPortThatLeavesItsBridgeIsNotGone() throws {
        let space = try TestNamespace()
        try space.ip("link", "add", "br0", "type", "bridge")
        try space.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        try space.ip("link", "set", "v0", "master", "br0")
        var events = try space.perform { () throws(NetlinkError) in try RouteEvents([]) }
        try space.ip("link", "set", "v0", "nomaster")
        let all = try Self.all(&events)
        let masters = all.compactMap { event -> UInt32?? in
            if case .link(let link) = event.change, link.name == "v0" { .some(link.master) } else { nil }
        }
        #expect(masters.last == .some(nil))
        #expect(!all.contains { if case .linkGone = $0.change { true } else { false } })
    }

    @Test func tellWhereALinkWent() throws {
        let near = try TestNamespace()
        let far = try TestNamespace()
        try near.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        var events = try near.perform { () throws(NetlinkError) in try RouteEvents() }
        try near.ip("link", "set", "v1", "netns", far.path, "name", "eth0")
        let identifier = try near.number(of: far)
        let index = try near.perform { () throws(NetlinkError) -> UInt32? in
            var socket = try NetlinkSocket(.route)
            return try socket.link(name: "eth0", of: identifier)?.index
        }
        let moved = try Self.all(&events).compactMap { event -> LinkMessage.Moved? in
            if case .linkGone(let link) = event.change, event.namespaceIdentifier == nil { link.movedTo } else { nil }
        }
        #expect(moved.first?.namespace == identifier)
        #expect(index != nil && moved.first?.index ?? index == index)
    }

    @Test func tellThatSomeWereLostAfterAllThatWaited() throws {
        let space = try TestNamespace()
        try space.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        var events = try space.perform { () throws(NetlinkError) in try RouteEvents(bufferSize: 4096) }
        for turn in 0..<20 { try space.ip("link", "set", "v0", "mtu", "\(1000 + turn)") }
        let all = try Self.all(&events)
        #expect(events.losses == 1)
        #expect(all.filter { $0.change == .lost }.count == 1)
        #expect(all.last?.change == .lost)
        // It heals.
        try space.ip("link", "set", "v0", "mtu", "1300")
        let after = try Self.all(&events)
        #expect(!after.isEmpty && !after.contains { $0.change == .lost })
        #expect(events.losses == 1)
    }

    @Test func tellOfANamespaceThatEnded() throws {
        let near = try TestNamespace()
        var events = try near.perform { () throws(NetlinkError) in try RouteEvents() }
        let identifier = try near.number(of: TestNamespace())
        // The kernel takes namespaces down in the background.
        var waiting = pollfd(fd: events.descriptor, events: Int16(POLLIN), revents: 0)
        var isTold = false
        for _ in 0..<100 where !isTold {
            _ = unsafe poll(&waiting, 1, 300)
            isTold = try Self.all(&events).contains {
                if case .namespaceIdentifierGone(let message) = $0.change {
                    message.identifier == identifier
                } else {
                    false
                }
            }
        }
        #expect(isTold)
    }
}
