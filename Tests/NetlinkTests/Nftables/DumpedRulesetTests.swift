import CMnl
import Glibc
import Privilege
import Synchronization
import Testing

@testable import Netlink

@Suite("Dumps of nftables") struct DumpedRulesetTests {
    /// A namespace of many elements, or of many chains.
    static func crowd() throws -> NftablesSpace {
        let space = try NftablesSpace()
        try space.commit { (batch) in
            BatchTests.block(&batch, LargeBatchTests.elements().prefix(5000).map { $0 })
            for number in 0..<2000 { batch.add(Nftables.Chain(.netdev, "chain\(number)")) }
        }
        return space
    }

    /// Dumps, and commits something with another socket when the first of the answer is there.
    static func interrupt(_ space: NftablesSpace, _ message: nf_tables_msg_types) throws -> Swift.Set<UInt16> {
        var other = try space.anotherSocket()
        var header = nfgenmsg()
        header.nfgen_family = Nftables.Family.netdev.rawValue
        var request = NetlinkRequest(Nftables.Message.type(message), flags: NLM_F_DUMP, header)
        request.put(Int(NFTA_SET_ELEM_LIST_TABLE.rawValue), Nftables.table)
        request.put(Int(NFTA_SET_ELEM_LIST_SET.rawValue), "blocked")
        var batch = Nftables.Batch()
        batch.add(Nftables.Table(.bridge))
        var changes = 0
        return Swift.Set(
            try space.socket.dump(request, for: "x") { (message) throws(NetlinkError) -> UInt16? in
                changes += 1
                if changes == 1 {
                    do throws(Nftables.BatchError) { try other.commit(batch) } catch { Issue.record("\(error)") }
                }
                return message.body.load(UInt16.self, at: 2)
            }
        )
    }

    @Test func areReadAgainWhenRulesChangedMeanwhile() throws {
        let space = try Self.crowd()
        #expect(try Self.interrupt(space, NFT_MSG_GETCHAIN).count == 1)
        let interruptions = space.socket.interruptions
        #expect(interruptions == 1)
    }

    /// What `dumpElements` goes by: the kernel does not say that it was interrupted.
    @Test func ofElementsTellTheirGeneration() throws {
        let space = try Self.crowd()
        #expect(try Self.interrupt(space, NFT_MSG_GETSETELEM).count == 2)
        let interruptions = space.socket.interruptions
        #expect(interruptions == 0)
        #expect(try space.socket.dumpElements(of: BatchTests.set).count == 5000)
    }

    @Test func elementsToldTwiceOrInTwoGenerationsAreNoWhole() throws {
        let elements = try (0..<4).map { try BatchTests.element(UInt16($0)) }
        func list(_ places: Range<Int>, _ generation: UInt16) -> Nftables.ElementList {
            .init(family: .inet, elements: Array(elements[places]), generation: generation)
        }
        #expect(Nftables.ElementList.whole([list(0..<2, 7), list(2..<4, 7)]) == elements)
        #expect(Nftables.ElementList.whole([]) == [])
        #expect(Nftables.ElementList.whole([list(0..<2, 7), list(2..<4, 8)]) == nil)
        #expect(Nftables.ElementList.whole([list(0..<3, 7), list(2..<4, 7)]) == nil)
    }

    /// What stands, in words; nil when it changed every time it was read: nothing is said rather than what never stood.
    static func state(_ space: NftablesSpace) throws -> String? {
        var contents: Nftables.Contents?
        do throws(NetlinkError) { contents = try space.socket.dumpContents(.netdev) } catch {
            guard case .interrupted = error else { throw error }
            return nil
        }
        let read = try #require(contents)
        return "\(read.elements["blocked"]?.count ?? 0) elements, \(read.rules["out"]?.count ?? 0) rules"
    }

    @Test func showOneMomentWhateverIsCommittedMeanwhile() throws {
        let space = try NftablesSpace()
        try space.commit { BatchTests.block(&$0, []) }
        try space.commit { $0.append(BatchTests.rule, to: "out", of: .netdev) }
        let writer = try AlternatingWriter(space)
        let thread = try WorkerThread { writer.work() }
        var seen: [String: Int] = [:]
        for _ in 0..<60 {
            if let state = try Self.state(space) { seen[state, default: 0] += 1 }
        }
        writer.end()
        thread.join()
        if let failure = writer.failure { throw failure }
        #expect(Swift.Set(seen.keys).isSubset(of: ["2 elements, 1 rules", "0 elements, 2 rules"]), "\(seen)")
        #expect(try space.socket.dumpContents(.netdev) != nil && writer.turns > 10)
        print("nftables: whole dumps beside \(writer.turns) commits: \(seen)")
    }

    @Test func ofATableThatDoesNotStandAreEmpty() throws {
        let space = try NftablesSpace()
        #expect(try space.socket.dumpContents(.inet) == nil && space.socket.table(.inet) == nil)
        #expect(try space.socket.dumpChains(.inet) == [] && space.socket.dumpSets(.inet) == [])
        #expect(try space.socket.dumpRules(.inet).isEmpty && space.socket.dumpTables() == [])
        #expect(throws: NetlinkError.self) { try space.socket.dumpElements(of: BatchTests.set) }
    }

    @Test func aTableIsRemovedWhetherItStandsOrNot() throws {
        let space = try NftablesSpace()
        try space.commit { $0.removeTable(.netdev) }
        try space.commit { BatchTests.block(&$0, []) }
        try space.commit { $0.removeTable(.netdev) }
        #expect(try space.socket.dumpTables() == [])
    }
}

/// Commits, over and over until told to end, one of two states: two elements and one rule, or none and two rules.
final class AlternatingWriter: @unchecked Sendable {
    private var socket: NetlinkSocket
    private let isOver = Mutex(false)
    private(set) var turns = 0
    private(set) var failure: (any Error)?

    init(_ space: NftablesSpace) throws {
        socket = try space.anotherSocket()
    }

    func end() { isOver.withLock { $0 = true } }

    func work() {
        do {
            while !isOver.withLock({ $0 }) { try turn() }
        } catch {
            failure = error
        }
    }

    func turn() throws {
        let elements = try (0..<2).map { try BatchTests.element(UInt16($0)) }
        var batch = Nftables.Batch()
        batch.empty(chain: "out", of: .netdev)
        batch.empty(BatchTests.set)
        batch.append(BatchTests.rule, to: "out", of: .netdev)
        if turns.isMultiple(of: 2) {
            batch.append(BatchTests.rule, to: "out", of: .netdev)
        } else {
            batch.add(elements, to: BatchTests.set)
        }
        try socket.commit(batch)
        turns += 1
    }
}
