import Addressing
import Glibc
import Testing

@testable import Netlink

@Suite(
    "Owned tables of nftables",
    .enabled(if: NftablesSpace.features.isSuperset(of: [.owner, .persist]), "needs Linux 6.9")
)
struct OwnerTests {
    /// A namespace where our socket owns a table.
    static func owned(_ flags: Nftables.Table.Flags) throws -> NftablesSpace {
        let space = try NftablesSpace()
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet, flags: flags))
            batch.add(Nftables.Chain(.inet, "c", base: .init(.output)))
            batch.append(.init(.counter), to: "c", of: .inet)
        }
        return space
    }

    @Test func othersCannotTouchThem() throws {
        let space = try Self.owned([.owner, .persist])
        let before = try space.socket.dumpContents(.inet)
        #expect(before?.table.owner == space.socket.port && before?.table.flags == [.owner, .persist])
        // A flush of everything leaves it out; what names it is refused.
        _ = try space.nft("flush", "ruleset")
        for words in ["delete table inet portolan", "flush chain inet portolan c"] {
            #expect(try space.complaint(of: words).contains("Operation not permitted"))
        }
        let after = try space.socket.dumpContents(.inet)
        #expect(after?.rules == before?.rules && after?.chains == before?.chains && after?.table == before?.table)
        #expect(try space.listed().contains("type filter hook output"))
    }

    @Test func anotherSocketIsRefused() throws {
        let space = try Self.owned([.owner])
        var other = try space.anotherSocket()
        var batch = Nftables.Batch()
        batch.deleteTable(.inet)
        let error = #expect(throws: Nftables.BatchError.self) { try other.commit(batch) }
        #expect(error?.isOwnedByAnother == true && error?.isDenied == false)
        #expect(error?.description == "cannot delete table inet: another process owns it")
    }

    @Test func withoutPersistTheyGoWithTheirOwner() throws {
        let space = try Self.owned([.owner])
        try space.closeSocket()
        #expect(try space.socket.table(.inet) == nil)
    }

    @Test func withPersistTheyStayAndAreAdopted() throws {
        let space = try Self.owned([.owner, .persist])
        let rules = try space.socket.dumpContents(.inet)?.rules
        try space.closeSocket()
        let orphan = try #require(try space.socket.table(.inet))
        #expect(orphan.owner == nil && orphan.flags == [.persist])
        try space.commit { $0.add(Nftables.Table(.inet, flags: [.owner, .persist])) }
        let adopted = try #require(try space.socket.dumpContents(.inet))
        #expect(adopted.table.owner == space.socket.port && adopted.rules == rules)
    }

    @Test func adoptionAndChangeAreOneBatch() throws {
        let space = try Self.owned([.owner, .persist])
        try space.closeSocket()
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet, flags: [.owner, .persist]))
            batch.deleteTable(.inet)
            batch.add(Nftables.Table(.inet, flags: [.owner, .persist], comment: "new"))
        }
        #expect(try space.socket.dumpContents(.inet)?.table.comment == "new")
        #expect(try space.socket.dumpChains(.inet) == [])
    }

    @Test func oneThatNeverHadAnOwnerIsMadeAnew() throws {
        let space = try NftablesSpace()
        _ = try space.nft("add table inet portolan; add chain inet portolan stale")
        let owned = Nftables.Table(.inet, flags: [.owner, .persist])
        let refusals = try RefusedBatchTests.refusals(space) { $0.add(owned) }
        #expect(refusals.refused.map(\.code) == [EOPNOTSUPP])
        try space.commit { (batch) in
            batch.removeTable(.inet)
            batch.add(owned)
        }
        let contents = try #require(try space.socket.dumpContents(.inet))
        #expect(contents.table.declared == owned && contents.chains == [])
    }

    @Test func aDormantOneIsNotInForce() throws {
        let space = try NftablesSpace()
        try space.commit { (batch) in
            batch.add(Nftables.Table(.inet, flags: [.dormant]))
            batch.add(Nftables.Chain(.inet, "c", base: .init(.output, policy: .drop)))
        }
        #expect(try space.socket.table(.inet)?.flags == [.dormant])
        let sender = try space.namespace.perform { () throws in try DatagramSocket() }
        let loopback = IPAddress.v4(IPv4Address(bits: 0x7f00_0001))
        #expect(sender.send(to: loopback, port: 9) == 0)
        try space.commit { $0.add(Nftables.Table(.inet)) }
        #expect(sender.send(to: loopback, port: 9) == EPERM)
    }

    @Test func othersTablesAreListedAndLeftAlone() throws {
        let space = try NftablesSpace()
        _ = try space.nft("add table ip docker; add table inet portolan2; add chain ip docker c")
        try space.commit { $0.add(Nftables.Table(.ip)) }
        let names = try space.socket.dumpTables().map { "\($0.table.family) \($0.name)" }
        #expect(names.sorted() == ["inet portolan2", "ip docker", "ip portolan"])
        #expect(try space.socket.table(.inet) == nil && space.socket.dumpContents(.inet) == nil)
        #expect(try space.socket.dumpChains(.ip) == [])
        try space.commit { $0.deleteTable(.ip) }
        #expect(try space.listed().contains("table ip docker {"))
    }
}
