import Addressing
package import Containers

/// Ports as people read them: `80/tcp httpd`, `127.0.0.1:8080→80/tcp`. Names of processes are as they came: whoever shows them
/// makes them harmless.
package enum ServiceText {
    /// The most lines for one container; what is beyond is counted.
    private static var limit: Int { 12 }

    /// Listening sockets. One that is open for IPv4 and IPv6 is one line; those that only the namespace itself can reach
    /// come last.
    package static func lines(of listeners: [Listener]) -> [String] {
        let ordered = listeners.filter { !$0.address.isLoopback } + listeners.filter(\.address.isLoopback)
        return bounded(
            ordered.map { listener in
                let place = place(listener.address, listener.port)
                let holder = listener.process.map { " \($0.name)" } ?? ""
                return "\(place)/\(word(listener.protocolNumber))\(holder)"
            }
        )
    }

    /// Ports of the host, and where they lead to.
    package static func lines(of exposures: [Exposure]) -> [String] {
        bounded(
            exposures.map { exposure in
                let port = exposure.port
                let place = place(port.address, port.port)
                let target = exposure.origin == .hostNetwork ? "" : "→\(port.containerPort)"
                return "\(place)\(target)/\(word(port.protocolNumber))"
            }
        )
    }

    private static func place(_ address: IPAddress, _ port: UInt16) -> String {
        if address.isUnspecified { return "\(port)" }
        return address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    private static func word(_ number: UInt8) -> String { TransportKeyword.of(number) ?? "\(number)" }

    /// Each once, and not too many.
    private static func bounded(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        let lines = lines.filter { seen.insert($0).inserted }
        guard lines.count > limit else { return lines }
        return lines.prefix(limit - 1) + ["\(lines.count - limit + 1) more"]
    }
}
