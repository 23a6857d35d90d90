import Agent
import Configuration
import HTTP
import Logging

/// Where an agent answers: its socket, and for numbers a TCP port.
final class AgentDoor {
    private let server: HTTPServer
    private var numbers: HTTPServer?
    private let log: Logger
    private var failure: String?

    /// Throws when nobody can be answered.
    init(_ configuration: Configuration, routes: AgentRoutes, readers: UInt32?, log: Logger) throws {
        self.log = log
        OwnFolder.make(for: configuration.api.socket)
        server = try HTTPServer(socket: configuration.api.socket, group: readers) { await routes.respond(to: $0) }
        if let code = server.groupFailure {
            log.warning("the socket could not be given to group \(configuration.api.group): error \(code)")
        }
        if let listen = configuration.metrics.listen {
            let (address, port) = listen.place
            numbers = try HTTPServer(address: address, port: port) { await routes.numbers(for: $0) }
        }
    }

    /// Puts the socket's file back where it was deleted; to be called about once a second.
    func heal() {
        do throws(HTTPFailure) {
            if try server.heal() { log.warning("the socket had been deleted, and is there again") }
            failure = nil
        } catch {
            let text = "\(error)"
            if text != failure { log.error("the socket cannot be put back: \(text)") }
            failure = text
        }
    }

    func stop() {
        server.stop()
        numbers?.stop()
    }
}

extension ListenAddress {
    /// The address in text and the port; of names only the loopback's own is known.
    fileprivate var place: (address: String, port: UInt16) {
        switch host {
        case .address(let address): ("\(address)", port)
        case .name(let name): (name == "localhost" ? "127.0.0.1" : name, port)
        }
    }
}
