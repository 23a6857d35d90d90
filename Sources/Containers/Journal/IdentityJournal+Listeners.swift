import Addressing

/// Whose a server's port is.
extension IdentityJournal {
    /// Whoever listens at a port.
    struct Server {
        /// Nil when several share the port, or the kernel did not tell.
        var cgroup: UInt64?
        var process: SocketProcess?
        /// Whether it was only seen after the flow began.
        var isLate: Bool
    }

    /// Listeners are looked at in turn, so one may be found so long after it began: 60 s, and what the look itself takes.
    private static var sweep: Int64 { 62_000_000_000 }

    /// Who listened at the question's port, if its end was asked: at its address, or else at every address.
    func listener(in namespace: NetworkNamespace, _ question: IdentityQuestion) -> Server? {
        guard question.isServer, let number = question.port else { return nil }
        let port = Port(namespace: namespace, protocolNumber: question.protocolNumber, port: number)
        guard listeners.periods[port] != nil else { return nil }
        return listener(at: port, question) { $0 == question.address }
            // A socket bound to :: mostly takes IPv4 too (ipv6(7), IPV6_V6ONLY); one bound to 0.0.0.0 takes nothing else.
            ?? listener(at: port, question) { $0.isUnspecified && $0.isIPv6 == question.address.isIPv6 }
            ?? listener(at: port, question) { $0.isUnspecified && $0.isIPv6 }
    }

    private func listener(at port: Port, _ question: IdentityQuestion, at matches: (IPAddress) -> Bool) -> Server? {
        let (limit, isOver) = question.time.nanoseconds.addingReportingOverflow(Self.sweep)
        var server: Server?
        listeners.forEach(
            port,
            at: question.time,
            orUntil: Timestamp(nanoseconds: isOver ? .max : limit),
            where: { matches($0.address) },
            { period in
                let listener = period.value
                guard let other = server else {
                    server = Server(
                        cgroup: listener.cgroupIdentifier,
                        process: listener.process,
                        isLate: period.from > question.time
                    )
                    return
                }
                if other.cgroup != listener.cgroupIdentifier { server?.cgroup = nil }
                if other.process != listener.process { server?.process = nil }
            }
        )
        return server
    }
}
