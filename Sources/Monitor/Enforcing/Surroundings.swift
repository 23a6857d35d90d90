import Addressing
import Containers
import Enforcement
import Glibc
import Netlink
import Privilege

/// What of this host is never blocked and stands in no inventory: where its routes lead, whom it asks for names, who is logged in.
struct Surroundings: Hashable {
    private(set) var gateways: [IPAddress] = []
    private(set) var resolvers: [IPAddress] = []
    private(set) var sshPeers: [IPAddress] = []

    /// The port of an ssh server, RFC 4253.
    private static var ssh: UInt16 { 22 }
    /// Of each kind at most.
    private static var limit: Int { 1024 }

    init() {}

    /// Looks at the host. What cannot be read is left out: `remarks` says why.
    init(_ privileged: PrivilegedThread, resolverFile: String = "/etc/resolv.conf", remark: (String) -> Void) {
        do throws(NetlinkError) {
            let routes = try privileged.perform { () throws(NetlinkError) in
                var socket = try NetlinkSocket(.route)
                return try socket.dumpRoutes()
            }
            let hops = routes.filter { $0.prefixLength == 0 && $0.kind == 1 }.flatMap(\.hops).compactMap(\.gateway)
            gateways = Array(Set(hops).sorted().prefix(Self.limit))
            var peers: Set<IPAddress> = []
            try privileged.perform { () throws(NetlinkError) in
                var socket = try NetlinkSocket(.socketDiagnostics)
                for isIPv6 in [false, true] {
                    try socket.dumpSockets(.tcp, isIPv6: isIPv6, in: SocketStates(.established), port: Self.ssh) {
                        if peers.count < Self.limit, !$0.remote.address.isLoopback { peers.insert($0.remote.address) }
                    }
                }
            }
            sshPeers = peers.sorted()
        } catch {
            remark("\(error): gateways and peers of ssh may be blocked")
        }
        resolvers = Self.resolvers(in: Self.text(of: resolverFile))
    }

    /// Those of a resolver's configuration. resolv.conf(5)
    static func resolvers(in text: String) -> [IPAddress] {
        let lines = text.split(whereSeparator: \.isNewline)
        let found = lines.compactMap { line -> IPAddress? in
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 2, words[0] == "nameserver" else { return nil }
            // An address of one link may have its interface behind it.
            return IPAddress(String(words[1].prefix { $0 != "%" }))
        }
        return Array(found.prefix(limit))
    }

    /// At most 64 KiB of a file; nothing of one that cannot be read.
    private static func text(of path: String) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var room = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe read(descriptor, &room, room.count)
        return String(decoding: room.prefix(max(0, count)), as: UTF8.self)
    }

    /// Puts it into what is never blocked.
    func insert(into set: inout NeverBlockSet) {
        for address in gateways { set.insert(address, .gateway) }
        for address in resolvers { set.insert(address, .resolver) }
        for address in sshPeers { set.insert(address, .sshPeer) }
    }
}
