import Addressing
import Foundation
import Glibc
import Testing

@testable import Netlink

@Suite("Routes of a real kernel") struct RouteTests {
    @Test func areWhatIPPrints() throws {
        let space = try TestNamespace()
        try space.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        try space.ip("link", "set", "v1", "up")
        try space.ip("link", "set", "v0", "up")
        try space.ip("address", "add", "10.1.0.1/16", "dev", "v0")
        try space.ip("address", "add", "fd00::1/64", "dev", "v0", "nodad")
        try space.ip("route", "add", "default", "via", "10.1.0.9")
        try space.ip("route", "add", "10.7.0.0/16", "table", "1000", "dev", "v0")
        try space.ip("route", "add", "blackhole", "10.8.0.0/16")
        try space.ip("route", "add", "10.6.0.0/16", "nexthop", "via", "10.1.0.7", "nexthop", "via", "10.1.0.8")
        try space.ip("-6", "route", "add", "fd05::/64", "via", "fd00::9")
        // A moment after a device has a carrier the kernel adds routes of IPv6 by itself: compared is what stood still meanwhile.
        var (got, printed) = (try got(space), try printed(space))
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let after = try self.got(space)
            if after.names == got.names || ContinuousClock.now > deadline { break }
            (got, printed) = (after, try self.printed(space))
        }
        #expect(got.names == printed)
        #expect(got.names.contains("10.6.0.0/16 10.1.0.7%v0,10.1.0.8%v0"))
        #expect(got.routes.first { $0.destination.description == "10.7.0.0" }?.table == 1000)
        #expect(got.routes.first { $0.destination.description == "10.8.0.0" }?.hops == [])
        #expect(got.routes.contains { $0.destination.description == "fd05::" })
    }

    /// What the kernel tells us, and the same in words.
    private func got(_ space: TestNamespace) throws -> (routes: [RouteMessage], names: [String]) {
        let (links, routes) = try space.perform { () throws(NetlinkError) in
            var socket = try NetlinkSocket(.route)
            return (try socket.dumpLinks(), try socket.dumpRoutes())
        }
        let name = { (index: UInt32?) in links.first { $0.index == index }?.name ?? "" }
        let names = routes.map { route in
            let whole: UInt8 = route.destination.isIPv6 ? 128 : 32
            let prefix = route.prefixLength == whole ? "" : "/\(route.prefixLength)"
            let destination = route.prefixLength == 0 ? "default" : "\(route.destination)\(prefix)"
            let hops = route.hops.map { "\($0.gateway?.description ?? "")%\(name($0.index))" }
            return "\(destination) \(hops.joined(separator: ","))"
        }
        return (routes, names.sorted())
    }

    private func printed(_ space: TestNamespace) throws -> [String] {
        var printed: [String] = []
        for family in ["-4", "-6"] {
            for object in try space.objects("ip", family, "route", "show", "table", "all") {
                let several = object["nexthops"] as? [[String: Any]]
                let one = object["dev"] == nil && object["gateway"] == nil ? [] : [object]
                let hops = (several ?? one).map { "\($0["gateway"] ?? "")%\($0["dev"] ?? "")" }
                printed.append("\(object["dst"] ?? "") \(hops.joined(separator: ","))")
            }
        }
        return printed.sorted()
    }
}
