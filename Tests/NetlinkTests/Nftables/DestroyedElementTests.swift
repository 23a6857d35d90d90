import Addressing
import Glibc
import Testing

@testable import Netlink

/// What is deleted whether it is there or not, with the kernel's own message for it and with what older kernels have.
@Suite("Destroyed elements") struct DestroyedElementTests {
    /// Those of `SetTests`, and a map.
    static let kinds = SetTests.kinds + [Nftables.Set(.inet, "s", key: [.ipv4], isVerdictMap: true)]

    private static func element(_ set: Nftables.Set, _ number: Int, length: Int = 32) throws -> Nftables.Element {
        let text = "10.\(number / 256).\(number % 256).0/\(length)"
        let address = try SetTests.prefix(text)
        let key = set.key.count == 1 ? Nftables.Key(address) : .init(address, .port(80))
        return .init(key, verdict: set.isVerdictMap ? .drop : nil)
    }

    private static func count(_ space: NftablesSpace, _ set: Nftables.Set) throws -> Int {
        try space.socket.dumpElements(of: set).count
    }

    @Test(arguments: kinds.indices, [true, false])
    func areGoneWhetherTheyWereThereOrNot(kind: Int, knowsDestroying: Bool) throws {
        let space = try NftablesSpace()
        let set = Self.kinds[kind]
        let elements = try (0..<40).map { try Self.element(set, $0) }
        _ = try SetTests.read(space, set, elements.filter { $0.key.first[2] % 4 != 0 })
        space.socket.knowsDestroying = knowsDestroying
        var aside = Nftables.Set(.inet, "aside_set", key: [.ipv4])
        aside.hasCounters = true
        let other = Nftables.Element(.init(try SetTests.address("10.9.9.9")))
        try space.commit { (batch) in
            batch.add(aside)
            batch.destroy(elements.prefix(20).map(\.key), from: set)
            batch.add([other], to: aside)
            batch.destroy(elements.prefix(4).map(\.key), from: set)
        }
        #expect(space.socket.knowsDestroying == knowsDestroying)
        let left = try space.socket.dumpElements(of: set)
        #expect(
            Swift.Set(left.map(\.key))
                == Swift.Set(elements.dropFirst(20).filter { $0.key.first[2] % 4 != 0 }.map(\.key))
        )
        #expect(try Self.count(space, aside) == 1)
        // All that is left is nothing.
        try space.commit { $0.destroy(elements.prefix(20).map(\.key), from: set) }
    }

    /// A range that is not there cannot be added for a moment where it overlaps one that is.
    @Test(arguments: [true, false]) func rangesMayOverlapWhatIsThere(knowsDestroying: Bool) throws {
        let space = try NftablesSpace()
        let set = Self.kinds[1]
        let (small, large) = (try Self.element(set, 1, length: 24), try Self.element(set, 0, length: 16))
        _ = try SetTests.read(space, set, [small])
        space.socket.knowsDestroying = knowsDestroying
        try space.commit { $0.destroy([large.key], from: set) }
        #expect(try space.socket.dumpElements(of: set).map(\.key) == [small.key])
        try space.commit { (batch) in
            batch.destroy([small.key, large.key], from: set)
            batch.add([large], to: set)
        }
        #expect(try space.socket.dumpElements(of: set).map(\.key) == [large.key])
    }

    /// Nothing of a batch is done when something else in it is refused, which is told by its place.
    @Test(arguments: [true, false]) func otherRefusalsAreStillTold(knowsDestroying: Bool) throws {
        let space = try NftablesSpace()
        let set = Self.kinds[1]
        let elements = try (0..<4).map { try Self.element(set, $0) }
        _ = try SetTests.read(space, set, Array(elements.prefix(2)))
        space.socket.knowsDestroying = knowsDestroying
        let refusals = try RefusedBatchTests.refusals(space) { (batch) in
            batch.destroy(elements.map(\.key), from: set)
            batch.deleteChain("nobody", of: .inet)
        }
        #expect(refusals.refused.last?.step == 1 && refusals.refused.last?.code == ENOENT)
        #expect(try Self.count(space, set) == 2)
        // Of a set that is not there.
        let other = Nftables.Set(.inet, "other", key: [.ipv4], flags: .interval)
        let gone = try RefusedBatchTests.refusals(space) { $0.destroy([elements[0].key], from: other) }
        #expect(gone.refused.map(\.code) == [ENOENT])
    }

    /// The kernel says EINVAL of a kind of message that it does not know.
    @Test func anUnknownMessageIsTriedOtherwise() throws {
        let space = try NftablesSpace()
        let set = Self.kinds[0]
        let elements = try (0..<3).map { try Self.element(set, $0) }
        _ = try SetTests.read(space, set, elements)
        var batch = Nftables.Batch()
        batch.destroy([elements[0].key], from: set)
        let refusal = Nftables.BatchError.Refused(operation: "", step: 0, element: nil, code: EINVAL, message: nil)
        #expect(batch.isUnknown(refusal))
        let older = batch.withoutDestroying()
        #expect(older.count == 2 && !older.destroys)
        try space.socket.commit(older)
        #expect(try Self.count(space, set) == 2)
    }
}
