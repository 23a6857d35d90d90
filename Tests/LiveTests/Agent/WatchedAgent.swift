import Foundation
import Support

/// An agent on a node, with a socket and a database of its own there, and what a test asks of it and does to it.
final class WatchedAgent {
    let node: Node
    let running: Running
    let socket: String
    let database: String

    static let socket = "/run/portolan.sock"
    /// In a folder that the agent makes.
    static let database = "/var/lib/agent/portolan.db"

    /// Starts it, by way of a program that starts others where there is one, and waits until it watches and answers.
    init(on node: Node, database: String = database, through starter: [String] = [], _ options: String...) throws {
        self.node = node
        self.database = database
        socket = Self.socket
        try node.output(of: "ip", "link", "set", "lo", "up")
        let command = [BuiltProgram.location.path, "run", "--socket", socket, "--database", database]
        running = try node.start(starter + command + options)
        try running.waitFor("capturing on all interfaces")
        try wait("it answers") { try self.curl("/v1/status").status == 0 }
    }

    /// What curl comes to when it asks, as root or as somebody else.
    func curl(_ path: String, _ options: String..., as user: String? = nil, within seconds: Int = 20) throws -> Outcome
    {
        let other = user.map { ["setpriv", "--reuid", $0, "--regid", $0, "--clear-groups"] } ?? []
        let command = ["curl", "-sS", "--max-time", "\(seconds)", "--unix-socket", socket]
        return try node.run(other + command + options + ["http://x\(path)"])
    }

    /// The status of an answer, such as 200.
    func code(_ path: String, _ options: String..., as user: String? = nil) throws -> String {
        let all = ["-o", "/dev/null", "-w", "%{http_code}"] + options
        let other = user.map { ["setpriv", "--reuid", $0, "--regid", $0, "--clear-groups"] } ?? []
        let command = ["curl", "-sS", "--max-time", "20", "--unix-socket", socket]
        return try node.run(other + command + all + ["http://x\(path)"]).output
    }

    /// The records that an answer has, a line each.
    func records(_ path: String) throws -> [Record] { try curl(path).records }

    /// How it says that it goes; nil when it does not answer.
    var status: Record? { (try? records("/v1/status"))?.first }

    /// How many lines it said that contain a text.
    func said(_ text: String) -> Int { running.errors.split(separator: "\n").count { $0.contains(text) } }

    /// Connections over the loopback, one after the other, that end in order.
    func talk(_ count: Int) throws {
        let script = """
            import socket, sys
            door = socket.create_server(("127.0.0.1", 0))
            for _ in range(int(sys.argv[1])):
                there = socket.create_connection(door.getsockname())
                here, _ = door.accept()
                there.sendall(b"hello")
                here.recv(9)
                there.close()
                here.close()
            """
        try node.output(of: "/usr/bin/python3", "-c", script, "\(count)")
    }

    /// The first column of what a query gives, in a database.
    func rows(_ query: String) throws -> [String] {
        let script = """
            import sqlite3, sys
            for row in sqlite3.connect(sys.argv[1], timeout=10).execute(sys.argv[2]): print(row[0])
            """
        return try node.output(of: "/usr/bin/python3", "-c", script, database, query)
            .split(separator: "\n").map(String.init)
    }

    /// Connections that are remembered, whether they are over or not.
    var remembered: Int {
        get throws {
            let ports =
                "SELECT source_port FROM flows WHERE protocol = 6 UNION SELECT source_port FROM open_flows WHERE protocol = 6"
            return try rows(ports).count
        }
    }

    /// Waits until something holds; an error when it does not in time.
    func wait(_ what: String, within limit: Duration = .seconds(30), _ condition: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + limit
        while try !condition() {
            guard ContinuousClock.now < deadline else {
                throw LabError("no sign after \(limit) that \(what): \(running.errors)")
            }
            usleep(50_000)
        }
    }
}
