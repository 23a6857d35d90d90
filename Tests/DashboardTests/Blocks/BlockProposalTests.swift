import Addressing
import Containers
import Graph
import Records
import Testing

@testable import Dashboard

@Suite("What could be blocked")
struct BlockProposalTests {
    private func party(_ name: String, _ address: String, isContainer: Bool = true) -> BlockParty {
        var end = AlertRecord.End(Example.address(address), kind: .outside, confidence: .certain)
        if isContainer {
            end = AlertRecord.End(
                Example.address(address),
                kind: .container,
                confidence: .certain,
                container: Example.container(name, number: 1)
            )
        }
        return BlockParty(end)
    }

    private func titles(_ make: (inout BlockProposals) -> Void) -> [String] {
        var proposals = BlockProposals()
        make(&proposals)
        #expect(Set(proposals.list.map(\.words)).count == proposals.list.count)
        return proposals.list.map(\.title)
    }

    @Test func aContainerIsStoppedNarrowlyFirst() throws {
        var proposals = BlockProposals()
        proposals.add(
            from: party("cart-0", "10.0.0.1"),
            to: party("", "192.0.2.7", isContainer: false),
            protocolNumber: 6,
            port: 443
        )
        #expect(
            proposals.list.map(\.title) == [
                "cart-0 to 192.0.2.7 tcp 443", "cart-0 to 192.0.2.7", "192.0.2.7 with anybody", "cart-0, quarantine",
            ]
        )
        let first = try #require(proposals.list.first)
        #expect(
            first.words == [
                .init("container", Example.identifier(1)), .init("to", "192.0.2.7"), .init("protocol", "6"),
                .init("port", "443"),
            ]
        )
    }

    @Test func whoComesFromOutsideIsStoppedAtTheContainerOrAltogether() {
        let outside = party("", "203.0.113.9", isContainer: false)
        let found = titles {
            $0.add(from: outside, to: party("web-0", "10.0.0.1"), protocolNumber: 6, port: 80)
        }
        #expect(
            found == ["web-0 with 203.0.113.9, both ways", "203.0.113.9 with anybody", "web-0, quarantine"]
        )
    }

    @Test func protocolsWithoutPortsAndServersHere() {
        let found = titles {
            $0.add(from: party("cart-0", "10.0.0.1"), to: party("cart-0", "10.0.0.2"), protocolNumber: 1, port: nil)
        }
        #expect(found == ["cart-0 to 10.0.0.2 icmp", "cart-0 to 10.0.0.2", "cart-0, quarantine"])
    }

    /// Nobody's address here is blocked for all: that is for those outside.
    @Test func nobodyKnownIsNothingToBlock() {
        let host = BlockParty(AlertRecord.End(Example.address("10.0.0.1"), kind: .host, confidence: .certain))
        #expect(titles { $0.add(from: host, to: host, protocolNumber: 6, port: 22) }.isEmpty)
        #expect(titles { $0.add(host) }.isEmpty)
        let nowhere = BlockParty(AlertRecord.End(.v4(IPv4Address(bits: 0)), kind: .outside, confidence: .certain))
        #expect(titles { $0.add(nowhere) }.isEmpty)
    }

    @Test func anEndOfTheGraphHasItsNameAndItsAddresses() {
        let picture = ShopPicture.picture()
        let etl = BlockParty(EndpointKey(.container, "etl-0"), in: picture)
        let bucket = BlockParty(EndpointKey(.outside, "s3.example"), in: picture)
        let found = titles { $0.add(from: etl, to: bucket, protocolNumber: 6, port: 443) }
        #expect(
            found == [
                "shop-etl-1 to 198.51.100.7 tcp 443", "shop-etl-1 to 198.51.100.7", "shop-etl-1 to s3.example",
                "198.51.100.7 with anybody", "shop-etl-1, quarantine",
            ]
        )
    }

    @Test func whatIsOfferedIsBounded() {
        let found = titles { proposals in
            for number in 0..<100 {
                var party = party("", "192.0.2.\(number)", isContainer: false)
                party.addresses = Array(repeating: party.addresses[0], count: 9)
                proposals.add(party)
            }
        }
        #expect(found.count == BlockProposal.limit)
    }
}
