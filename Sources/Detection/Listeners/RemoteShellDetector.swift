import Addressing
import Containers

/// Finds sshd and the like waiting in containers, and programs that hand a shell to whoever calls. NIST SP 800-190, section 4.1.2
///
/// Bounded in listeners that were told of.
struct RemoteShellDetector: Sendable {
    private struct Place: TableKey {
        let container: ContainerKey
        let port: UInt16
    }

    private var tellings = SubjectTable<Place, Telling>(limit: Self.limit)

    static var limit: Int { 4096 }
    private static var sshPort: UInt16 { 22 }
    /// A process can call itself otherwise; then the port is what is left.
    private static let programs: Set<String> = [
        "sshd", "dropbear", "telnetd", "in.telnetd", "nc", "ncat", "netcat", "nc.traditional", "nc.openbsd", "socat",
    ]

    mutating func take(_ listener: Listener, _ party: Party, at time: Timestamp, to alerts: inout [Alert]) {
        guard let key = party.container?.key else { return }
        let program = listener.process.flatMap { process in
            Self.programs.contains(process.name)
                ? process.name : process.program.flatMap { Self.programs.contains($0) ? $0 : nil }
        }
        let isSSH = listener.protocolNumber == 6 && listener.port == Self.sshPort
        guard let what = program ?? (isSSH ? listener.process?.name ?? "something" : nil) else { return }
        let place = Place(container: key, port: listener.port)
        guard tellings.update(place, or: Telling(), { $0.isNews(1, at: time) }) else { return }
        let message = "\(what) waits for remote shells in \(party.calledName), on \(listener.service)"
        alerts.append(Alert(.sshListener, party, at: time, message))
    }
}

extension SocketProcess {
    /// The last part of its program's path.
    fileprivate var program: String? { executable?.split(separator: "/").last.map(String.init) }
}
