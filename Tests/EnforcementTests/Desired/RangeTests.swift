import Addressing
import Containers
import Netlink
import Policy
import Support
import Testing

@testable import Enforcement

@Suite("Element ranges")
struct RangeTests {
    private struct Point: Hashable {
        var address: UInt128
        var port: UInt16
    }

    /// What is blocked where, point by point.
    private func points(_ ranges: [ElementRange]) -> [Point: DesiredElement] {
        var points: [Point: DesiredElement] = [:]
        for range in ranges {
            for address in range.addresses {
                for port in range.ports {
                    let point = Point(address: address, port: port)
                    if points[point]?.join(range.element) == nil { points[point] = range.element }
                }
            }
        }
        return points
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func piecesCoverTheSameAndDoNotOverlap(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<150 {
            let ranges = (0..<Int.random(in: 1..<9, using: &numbers)).map { number -> ElementRange in
                let first = UInt128.random(in: 0..<24, using: &numbers)
                let last = min(first + UInt128.random(in: 0..<16, using: &numbers), 31)
                let port = UInt16.random(in: 0..<12, using: &numbers)
                let ports = port...port + UInt16.random(in: 0..<6, using: &numbers)
                let until = Bool.random(using: &numbers) ? Timestamp(nanoseconds: Int64(number)) : nil
                let element = DesiredElement(until: until, blocks: [BlockIdentifier(UInt64(number + 1))])
                return ElementRange(addresses: first...last, ports: ports, element: element)
            }
            let pieces = ElementRange.disjoint(ranges)
            #expect(points(pieces) == points(ranges))
            // Each point is in one piece.
            let size = pieces.reduce(0) { $0 + $1.addresses.count * $1.ports.count }
            #expect(size == points(pieces).count)
        }
    }

    @Test func theEdgesOfTheAddressSpaceAreNoTrap() throws {
        let all = try #require(IPPrefix("::/0"))
        let last = try #require(IPPrefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))
        let ranges = [all, last].map {
            ElementRange(
                addresses: $0.numbers,
                ports: 0...65535,
                element: DesiredElement(blocks: [BlockIdentifier($0 == all ? 1 : 2)])
            )
        }
        let pieces = ElementRange.disjoint(ranges)
        #expect(pieces.map(\.addresses) == [0...UInt128.max - 1, UInt128.max...UInt128.max])
        #expect(pieces.map(\.element.blocks.count) == [1, 2])
    }

    @Test func whatOverlapsNothingStaysWhole() throws {
        let prefixes = try ["10.0.0.0/24", "10.0.1.0/24"].map { try #require(IPPrefix($0)) }
        let ranges = prefixes.enumerated().map { number, prefix in
            ElementRange(
                addresses: prefix.numbers,
                ports: 0...0,
                element: DesiredElement(blocks: [BlockIdentifier(UInt64(number + 1))])
            )
        }
        #expect(ElementRange.disjoint(ranges).map(\.addresses) == prefixes.map(\.numbers))
    }

    /// Bounds are kept by what is counted beforehand.
    @Test func elementsAreCountedAsTheyAreMade() throws {
        let one = try #require(IPPrefix("192.0.2.7"))
        let many = try #require(IPPrefix("192.0.2.0/24"))
        let ports: [[ClosedRange<UInt16>]] = [[], [80...80], [80...87], [80...88], [1...3, 10...17, 100...900]]
        for (remote, counts) in [(one, [1, 1, 8, 1, 12]), (many, [1, 1, 1, 1, 3])] {
            for (ports, count) in zip(ports, counts) {
                let traffic = Traffic(protocolNumber: 6, ports: ports)
                var table = ElementTable()
                table.insert(.declared, at: .sending, of: .device("a"), remote, traffic, DesiredElement())
                #expect(table.finished().values.reduce(0) { $0 + $1.count } == count)
                #expect(ElementTable.count(of: traffic, with: remote) == count)
            }
        }
    }

    @Test func manyBlocksOfAddressesInGoodTime() throws {
        let lab = try { () throws -> Lab in
            var lab = Lab()
            try lab.add("web", "10.1.0.2")
            return lab
        }()
        let blocks = try (0..<20_000).map { number in
            Lab.block(UInt64(number + 1), try Lab.order("web", to: "100.\(64 + number / 256).\(number % 256).0/24"))
        }
        let clock = ContinuousClock()
        let start = clock.now
        let desired = Desired(blocks: blocks, inventory: lab.inventory)
        print("enforcement: 20,000 blocks of /24 compiled in \(start.duration(to: clock.now))")
        #expect(desired.elementCount == 20_000)
    }
}
