import Foundation
import Glibc
import Support

/// firewalld's own code on a node, without the bus: `Programs/firewalld.py`.
final class Firewalld: Sendable {
    private let running: Running

    /// Starts it, and waits until its rules stand.
    init(on node: Node) throws {
        let program = SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/firewalld.py").path
        running = try node.start("/usr/bin/python3", "-E", "-s", "-B", program)
        try running.waitFor("started")
    }

    /// Has it read its configuration anew, which takes all its rules away and makes others.
    func reload() throws {
        let before = running.lines.count
        running.signal(SIGHUP)
        try running.waitUntil("it has reloaded") { $0.lines.count > before }
    }
}
