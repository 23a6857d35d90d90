/// Whether somebody answers somebody: what a block is to change, and what it must leave alone.
struct Probe {
    let place: any Place

    /// One who sends from a place.
    init(_ place: any Place) { self.place = place }

    /// Whether an echo comes back within so many seconds.
    func reaches(
        _ address: String,
        _ port: UInt16 = Pod.port,
        _ kind: Exchange.TransportProtocol = .tcp,
        within seconds: Double = 1
    ) throws -> Bool {
        let script = """
            import socket, sys
            address, port, kind, limit = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            link = socket.socket(family, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM)
            link.settimeout(limit)
            try:
                link.connect((address, port))
                link.sendall(b"here")
                sys.exit(0 if link.recv(4) == b"here" else 3)
            except socket.timeout:
                sys.exit(2)
            except OSError:
                sys.exit(3)
            """
        let outcome = try place.run(
            "/usr/bin/python3",
            "-c",
            script,
            address,
            "\(port)",
            kind.rawValue,
            "\(seconds)"
        )
        // 2 is silence. Whoever is refused was not blocked, and what else fails is no answer to the question.
        guard outcome.status == 0 || outcome.status == 2 else {
            throw LabError("\(place.name): \(address):\(port) is not silent: \(outcome.status) \(outcome.errors)")
        }
        return outcome.status == 0
    }
}
