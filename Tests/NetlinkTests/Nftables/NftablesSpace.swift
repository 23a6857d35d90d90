import Addressing
import Foundation
import Testing

@testable import Netlink

/// A namespace whose rules are the test's, and a socket to them.
final class NftablesSpace {
    let namespace: TestNamespace
    var socket: NetlinkSocket

    /// What the kernel of this machine has; nothing where it cannot be asked.
    static let features: Nftables.Features = {
        guard let space = try? NftablesSpace() else { return [] }
        return (try? space.socket.probeNftables()) ?? []
    }()

    init() throws {
        let namespace = try TestNamespace()
        self.namespace = namespace
        socket = try namespace.perform { () throws(NetlinkError) in try NetlinkSocket(.netfilter) }
    }

    /// Another socket, as of another process.
    func anotherSocket() throws -> NetlinkSocket {
        try namespace.perform { () throws(NetlinkError) in try NetlinkSocket(.netfilter) }
    }

    /// Closes our socket and goes on with another one. What it owned has lost its owner then: at once, or when a program that
    /// another test has just begun has closed its copy.
    func closeSocket() throws {
        let port = socket.port
        socket = try anotherSocket()
        let deadline = ContinuousClock.now + .seconds(30)
        while try socket.dumpTables().contains(where: { $0.table.owner == port }) {
            try #require(ContinuousClock.now < deadline)
            usleep(10_000)
        }
    }

    /// Commits what `body` puts into a batch.
    func commit(generation: UInt32? = nil, _ body: (inout Nftables.Batch) -> Void) throws(Nftables.BatchError) {
        var batch = Nftables.Batch()
        body(&batch)
        try socket.commit(batch, generation: generation)
    }

    /// What nft(8) prints, its tabs gone.
    func nft(_ arguments: String...) throws -> String {
        try namespace.perform { () throws -> String in
            try ChildProcess(["/usr/sbin/nft"] + arguments).printed().replacingOccurrences(of: "\t", with: "")
        }
    }

    /// What nft(8) lists as JSON: objects by what they are, in order. libnftables-json(5).
    func objects(_ kind: String) throws -> [[String: Any]] {
        let text = try nft("-j", "list", "ruleset")
        let whole = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
        return (whole["nftables"] ?? []).compactMap { $0[kind] as? [String: Any] }
    }

    /// What nft(8) complains of when it must fail.
    func complaint(of arguments: String...) throws -> String {
        try namespace.perform { () throws -> String in try ChildProcess(["/usr/sbin/nft"] + arguments).complaint() }
    }

    /// What nft(8) lists.
    func listed() throws -> String { try nft("list", "ruleset") }
}

extension Nftables.Key {
    /// A key as nft(8) writes addresses and protocols: `10.0.0.1 . 10.0.0.2 . tcp . 80`.
    static func tuple(_ source: String, _ destination: String, _ number: UInt8, _ port: UInt16) throws -> Self {
        Self(
            .address(try #require(IPAddress(source))),
            .address(try #require(IPAddress(destination))),
            .inetProtocol(number),
            .port(port)
        )
    }
}
