import Addressing
import CLinux
import Glibc
import Testing

@testable import Netlink

@Suite("Refused batches of nftables") struct RefusedBatchTests {
    /// The refusals of a batch that must be refused.
    static func refusals(
        _ space: NftablesSpace,
        _ body: (inout Nftables.Batch) -> Void
    ) throws -> (refused: [Nftables.BatchError.Refused], count: Int, text: String) {
        do throws(Nftables.BatchError) {
            try space.commit(body)
        } catch {
            guard case .refused(let refused, let count) = error else { throw error }
            return (refused, count, "\(error)")
        }
        Issue.record("was not refused")
        return ([], 0, "")
    }

    @Test func aWrongOneLeavesNothing() throws {
        let space = try NftablesSpace()
        let elements = [try BatchTests.element()]
        let before = try space.socket.nftablesGeneration()
        let refusals = try Self.refusals(space) { (batch) in
            BatchTests.block(&batch, elements)
            batch.deleteChain("nobody", of: .netdev)
        }
        #expect(refusals.count == 1 && refusals.refused[0].code == ENOENT && refusals.refused[0].step == 5)
        #expect(refusals.text == "cannot delete chain nobody of table netdev: No such file or directory")
        #expect(try space.socket.dumpTables() == [])
        #expect(try space.listed() == "")
        #expect(try space.socket.nftablesGeneration() == before)
        // The socket is as good as before.
        try space.commit { BatchTests.block(&$0, elements) }
        #expect(try space.socket.dumpContents(.netdev) != nil)
    }

    @Test func eachRefusalIsToldWithWhatItWasAbout() throws {
        let space = try NftablesSpace()
        let refusals = try Self.refusals(space) { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "c", base: .init(.egress)))
            batch.append(.init(.lookup([.mark], in: "nothing"), .drop), to: "c", of: .inet)
            batch.deleteSet("nothing", of: .inet)
            batch.deleteTable(.bridge)
        }
        #expect(refusals.count == 4)
        #expect(refusals.refused.map(\.step) == [1, 2, 3, 4])
        #expect(
            refusals.refused.map(\.operation) == [
                "add chain c to table inet", "add a rule to chain c of table inet",
                "delete set nothing of table inet", "delete table bridge",
            ]
        )
        #expect(refusals.text.hasSuffix(" (and 3 more refused)"))
    }

    @Test func theElementThatIsRefusedIsNamed() throws {
        let space = try NftablesSpace()
        var elements = try (0..<3000).map { try BatchTests.element(UInt16($0)) }
        elements[2222] = .init(.init(.port(80)))
        let refusals = try Self.refusals(space) { BatchTests.block(&$0, elements) }
        #expect(refusals.count == 1 && refusals.refused[0].element == 2222 && refusals.refused[0].code == EINVAL)
        #expect(
            refusals.text == "cannot add elements to set blocked of table netdev, element 2222: Invalid argument"
        )
    }

    @Test func moreRefusalsThanTheSocketHoldsAreStillToldOf() throws {
        let space = try NftablesSpace()
        let refusals = try Self.refusals(space) { (batch) in
            for _ in 0..<20_000 { batch.deleteChain("nobody", of: .inet) }
        }
        #expect(refusals.refused.map(\.step) == Array(0..<Nftables.BatchError.limit))
        #expect(refusals.refused.allSatisfy { $0.code == ENOENT })
        #expect(refusals.count >= Nftables.BatchError.limit && refusals.count <= 20_000)
        try space.commit { $0.add(Nftables.Table(.inet)) }
    }

    @Test func whatIsThereIsKeptOrRefused() throws {
        let space = try NftablesSpace()
        let elements = [try BatchTests.element()]
        try space.commit { BatchTests.block(&$0, elements) }
        try space.commit { (batch) in
            batch.add(BatchTests.table)
            batch.add(BatchTests.chain)
            batch.add(BatchTests.set)
        }
        for body in [
            { $0.add(BatchTests.table, existing: .refused) }, { $0.add(BatchTests.chain, existing: .refused) },
            { $0.add(BatchTests.set, existing: .refused) },
            { $0.add(elements, to: BatchTests.set, existing: .refused) },
        ] as [(inout Nftables.Batch) -> Void] {
            #expect(try Self.refusals(space, body).refused.map(\.code) == [EEXIST])
        }
    }

    @Test func anEmptyOneChangesNothing() throws {
        let space = try NftablesSpace()
        let before = try space.socket.nftablesGeneration()
        try space.commit { _ in }
        #expect(try space.socket.nftablesGeneration() == before)
    }

    @Test func anOverlongAttributeIsNotSent() throws {
        let space = try NftablesSpace()
        #expect(
            throws: Nftables.BatchError.failed(.system(operation: "change nftables", code: EMSGSIZE))
        ) {
            try space.commit { (batch) in
                batch.add(Nftables.Table(.inet))
                let rule = Nftables.Rule(expressions: Array(repeating: .counter(.init()), count: 3000))
                batch.append(rule, to: "c", of: .inet)
            }
        }
        #expect(try space.socket.dumpTables() == [])
    }

    @Test func ofTwoForTheSameGenerationTheSecondIsSuperseded() throws {
        let space = try NftablesSpace()
        let generation = try space.socket.nftablesGeneration()
        var other = try space.anotherSocket()
        var batch = Nftables.Batch()
        batch.add(Nftables.Table(.bridge))
        try other.commit(batch, generation: generation)
        #expect(throws: Nftables.BatchError.superseded) {
            try space.commit(generation: generation) { $0.add(Nftables.Table(.inet)) }
        }
        #expect(try space.socket.dumpTables().map(\.table.family) == [.bridge])
        // Made anew, it is done.
        let now = try space.socket.nftablesGeneration()
        #expect(now != generation)
        try space.commit(generation: now) { $0.add(Nftables.Table(.inet)) }
        #expect(try space.socket.dumpTables().count == 2)
    }

    @Test func withoutTheCapabilityNothingIsDone() throws {
        let space = try NftablesSpace()
        let error = try space.namespace.perform { () throws -> Nftables.BatchError? in
            // For good, of the namespace's thread alone.
            #expect(CLinux_keepCapabilities(0) == 0)
            do throws(Nftables.BatchError) {
                try space.commit { $0.add(Nftables.Table(.inet)) }
            } catch {
                return error
            }
            return nil
        }
        #expect(error?.isDenied == true && error?.isOwnedByAnother == false)
        #expect(error?.description == "cannot change nftables: Operation not permitted")
        #expect(try space.socket.dumpTables() == [])
    }
}
