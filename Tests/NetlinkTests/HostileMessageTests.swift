import Testing

@testable import Netlink

/// Whatever the bytes, a message is read or refused, and nothing traps.
@Suite("Messages of hostile bytes") struct HostileMessageTests {
    /// A kind of message, real bytes of one, and how it is read.
    struct Kind: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let header: Int
        let example: [UInt8]
        let read: @Sendable ([UInt8]) throws(NetlinkError) -> Void

        init(
            _ name: String,
            header: Int,
            _ example: [UInt8],
            _ read: @escaping @Sendable ([UInt8]) throws(NetlinkError) -> Void
        ) {
            testDescription = name
            self.header = header
            self.example = example
            self.read = read
        }
    }

    static let kinds: [Kind] = [
        Kind("veth", header: 16, LinkMessageTests.veth) { (bytes) throws(NetlinkError) in
            _ = try LinkMessageTests.read(bytes)
        },
        Kind("vxlan", header: 16, LinkMessageTests.vxlan) { (bytes) throws(NetlinkError) in
            _ = try LinkMessageTests.read(bytes)
        },
        Kind("address", header: 8, AddressMessageTests.peer) { (bytes) throws(NetlinkError) in
            _ = try AddressMessageTests.read(bytes)
        },
        Kind("neighbour", header: 12, NeighbourMessageTests.remote) { (bytes) throws(NetlinkError) in
            _ = try NeighbourMessageTests.read(bytes)
        },
        Kind("route", header: 12, RouteMessageTests.spread) { (bytes) throws(NetlinkError) in
            _ = try RouteMessageTests.read(bytes)
        },
        Kind("number", header: 1, NamespaceIdentifierMessageTests.number) { (bytes) throws(NetlinkError) in
            _ = try NamespaceIdentifierMessageTests.read(bytes)
        },
        Kind("socket", header: 72, SocketMessageTests.datagrams) { (bytes) throws(NetlinkError) in
            _ = try SocketMessageTests.read(bytes)
        },
        Kind("connection", header: 4, ConnectionMessageTests.translated) { (bytes) throws(NetlinkError) in
            _ = try ConnectionMessageTests.read(bytes)
        },
        Kind("echo", header: 4, ConnectionMessageTests.echo) { (bytes) throws(NetlinkError) in
            _ = try ConnectionMessageTests.read(bytes)
        },
    ]

    @Test(arguments: kinds) func refuseAHeaderThatIsCut(kind: Kind) {
        for length in 0..<kind.header {
            #expect(throws: NetlinkError.self, "\(length)") { try kind.read(Array(kind.example.prefix(length))) }
        }
    }

    @Test(arguments: kinds) func refuseAnAttributeThatIsCut(kind: Kind) throws {
        var refused = 0
        for length in kind.header..<kind.example.count {
            do throws(NetlinkError) {
                try kind.read(Array(kind.example.prefix(length)))
            } catch {
                guard case .malformed = error else {
                    Issue.record("\(error)")
                    continue
                }
                refused += 1
            }
        }
        // All lengths but those that end between two attributes, or within one's padding.
        #expect(refused * 2 >= kind.example.count - kind.header)
        try kind.read(kind.example)
    }

    @Test(arguments: kinds) func neverTrap(kind: Kind) {
        var random = SystemRandomNumberGenerator()
        var read = 0
        for _ in 0..<5_000 {
            var bytes = kind.example
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
            if (try? kind.read(bytes)) != nil { read += 1 }
        }
        #expect(read > 50)
    }
}
